# Real plans without AWS, as in relay.tftest.hcl.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

override_data {
  target = module.function.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = module.login.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_resource {
  target          = module.function.aws_security_group.this
  override_during = plan
  values          = { id = "sg-0000000000000001" }
}

variables {
  name     = "shop-billing"
  consumer = "billing"
  artifact = "./tests/fixtures/function.zip"
  topic    = "outbox.event.order"

  database = {
    host              = "db.example.internal"
    name              = "shop"
    user              = "billing"
    login             = "iam"
    resource_id       = "cluster-ABCDEFGHIJKLMNOP"
    sslmode           = "require"
    security_group_id = "sg-0000000000000002"
  }
  msk = {
    cluster_arn        = "arn:aws:kafka:eu-central-1:123456789012:cluster/shop/11111111-2222-3333-4444-555555555555-6"
    subnet_ids         = ["subnet-0000000000000003"]
    security_group_ids = ["sg-0000000000000003"]
  }

  vpc_id     = "vpc-0000000000000001"
  subnet_ids = ["subnet-0000000000000001", "subnet-0000000000000002"]
  log_group = {
    name = "/aws/lambda/shop-billing"
    arn  = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/shop-billing"
  }
}

run "msk" {
  command = plan
  module { source = "./modules/consumer" }

  assert {
    condition     = !contains(keys(output.environment), "WALPOST_CONSUMER_ORDER")
    error_message = "What is not said is left to the function, whose default is the cache's own."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this.function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "The mapping retries what the function reports."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this.provisioned_poller_config[0].minimum_pollers == 1
    error_message = "Without provisioned pollers Lambda ignores the report, and loses what it names."
  }
  assert {
    condition = (
      aws_lambda_event_source_mapping.this.maximum_retry_attempts == -1
      && aws_lambda_event_source_mapping.this.maximum_record_age_in_seconds == -1
      && length(aws_lambda_event_source_mapping.this.destination_config) == 0
    )
    error_message = "Lambda gives nothing up by itself."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this.amazon_managed_kafka_event_source_config[0].consumer_group_id == "billing"
    error_message = "The group is the consumer's name."
  }
  assert {
    condition     = output.environment.QUARKUS_DATASOURCE_JDBC_URL == "jdbc:postgresql://db.example.internal:5432/shop?sslmode=require"
    error_message = "TLS is forced: ${output.environment.QUARKUS_DATASOURCE_JDBC_URL}"
  }
  assert {
    condition     = output.environment.QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER_NAME == "aws-iam" && output.environment.QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER == "billing"
    error_message = "The role logs in by IAM."
  }
}

run "msk_policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.msk.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = contains(output.actions, "kafka-cluster:ReadData") && !contains(output.actions, "kafka-cluster:WriteData")
    error_message = "A consumer reads, and does not write: ${join(", ", output.actions)}"
  }
}

run "limits" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    order = "skip"
    give_up = {
      retry_attempts     = 100
      record_age_seconds = 86400
      on_failure_arn     = "arn:aws:s3:::shop-given-up"
    }
    filters = [jsonencode({ value = { type = ["OrderPlaced"] } })]
    pollers = { minimum = 2, maximum = 8 }
  }

  assert {
    condition     = output.environment.WALPOST_CONSUMER_ORDER == "skip"
    error_message = "The order reaches the function."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this.maximum_retry_attempts == 100 && aws_lambda_event_source_mapping.this.maximum_record_age_in_seconds == 86400
    error_message = "The limits reach the mapping."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this.destination_config[0].on_failure[0].destination_arn == "arn:aws:s3:::shop-given-up"
    error_message = "What is given up goes to the bucket."
  }
  assert {
    condition     = length(aws_lambda_event_source_mapping.this.filter_criteria[0].filter) == 1
    error_message = "The filter reaches the mapping."
  }
}

run "limits_policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.limits.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = contains(output.actions, "s3:PutObject")
    error_message = "What is given up may be put into the bucket."
  }
}

run "limit_by_age" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    give_up = { record_age_seconds = 86400, on_failure_arn = "arn:aws:s3:::shop-given-up" }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this.maximum_retry_attempts == 10000 && aws_lambda_event_source_mapping.this.maximum_record_age_in_seconds == 86400
    error_message = "With a destination Lambda takes -1 for 10 retries, so the age counts only if they are many."
  }
}

run "no_limit_of_retries" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    give_up = { retry_attempts = -1, record_age_seconds = 86400, on_failure_arn = "arn:aws:s3:::shop-given-up" }
  }

  expect_failures = [var.give_up]
}

run "sink_secret" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    sink_secret = {
      arn         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf"
      kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    }
    egress = { secrets = { port = 443, security_group_id = "sg-0000000000000004" } }
  }

  assert {
    condition     = output.environment.WALPOST_CONSUMER_LAMBDA_SINK_SECRET == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf"
    error_message = "The function gets the secret's ARN."
  }
}

run "sink_secret_policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.sink_secret.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = contains(output.actions, "secretsmanager:GetSecretValue") && contains(output.actions, "kms:Decrypt")
    error_message = "The function may read the secret: ${join(", ", output.actions)}"
  }
  assert {
    condition     = anytrue([for policy in values(run.sink_secret.policies) : strcontains(policy, ":secret:search-AbCdEf")])
    error_message = "It is this secret that it may read."
  }
}

run "opensearch_is_no_way_to_a_secret" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    sink_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf" }
    egress      = { opensearch = { port = 443, security_group_id = "sg-0000000000000004" } }
  }

  expect_failures = [var.egress]
}

run "own_kafka" {
  command = plan
  module { source = "./modules/consumer" }
  variables {
    msk = null
    kafka = {
      bootstrap_servers  = "kafka-1.example.internal:9093"
      subnet_ids         = ["subnet-0000000000000003"]
      security_group_ids = ["sg-0000000000000003"]
      secret_arn         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-AbCdEf"
    }
    database = {
      host              = "db.example.internal"
      name              = "shop"
      user              = "billing"
      login             = "secret"
      secret_arn        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:billing-AbCdEf"
      root_certificate  = "/opt/rds.pem"
      security_group_id = "sg-0000000000000002"
    }
    egress = { secrets = { port = 443, security_group_id = "sg-0000000000000004" } }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this.self_managed_event_source[0].endpoints.KAFKA_BOOTSTRAP_SERVERS == "kafka-1.example.internal:9093"
    error_message = "The mapping knows the brokers."
  }
  assert {
    condition = anytrue([
      for access in aws_lambda_event_source_mapping.this.source_access_configuration :
      access.type == "SASL_SCRAM_512_AUTH" && strcontains(access.uri, ":secret:kafka-")
    ])
    error_message = "The pollers log in with the secret."
  }
  assert {
    condition     = output.environment.QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:billing-AbCdEf"
    error_message = "The function gets the secret's ARN."
  }
}

run "own_kafka_policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.own_kafka.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = !anytrue([for action in output.actions : startswith(action, "kafka")])
    error_message = "A Kafka of one's own knows nothing of IAM: ${join(", ", output.actions)}"
  }
}
