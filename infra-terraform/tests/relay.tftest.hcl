# Real plans by the real provider, with keys that are none. It asks AWS nothing: what it would ask for is put in its place.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
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

override_resource {
  target          = module.function.aws_iam_role.this
  override_during = plan
  values          = { arn = "arn:aws:iam::123456789012:role/shop-relay" }
}

variables {
  name     = "shop-relay"
  artifact = "./tests/fixtures/function.zip"

  database = {
    host              = "db.example.internal"
    name              = "shop"
    user              = "relay"
    login             = "iam"
    resource_id       = "db-ABCDEFGHIJKLMNOP"
    root_certificate  = "/opt/rds.pem"
    security_group_id = "sg-0000000000000002"
  }
  kafka = {
    bootstrap_servers = "b-1.example.internal:9098"
    cluster_arn       = "arn:aws:kafka:eu-central-1:123456789012:cluster/shop/11111111-2222-3333-4444-555555555555-6"
    security_group_id = "sg-0000000000000003"
  }

  vpc_id     = "vpc-0000000000000001"
  subnet_ids = ["subnet-0000000000000001", "subnet-0000000000000002"]
  log_group = {
    name = "/aws/lambda/shop-relay"
    arn  = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/shop-relay"
  }
}

run "drain" {
  command = plan
  module { source = "./modules/relay" }

  assert {
    condition     = aws_scheduler_schedule.this.schedule_expression == "rate(1 minute)"
    error_message = "A drain runs every minute by default."
  }
  assert {
    condition     = aws_scheduler_schedule.this.target[0].retry_policy[0].maximum_retry_attempts == 0
    error_message = "A drain that did not begin is not repeated: the next comes."
  }
  assert {
    condition     = aws_lambda_function_event_invoke_config.this.maximum_retry_attempts == 0
    error_message = "A drain that failed is not repeated by Lambda either."
  }
  assert {
    condition     = output.environment.WALPOST_RELAY_LAMBDA_MODE == "drain" && output.environment.WALPOST_RELAY_POSTGRES_LOGIN == "iam"
    error_message = "The function knows its mode and its login."
  }
  assert {
    condition     = output.environment.WALPOST_RELAY_POSTGRES_URL == "jdbc:postgresql://db.example.internal:5432/shop?sslmode=verify-full&sslrootcert=/opt/rds.pem"
    error_message = "The certificate of the database is verified: ${output.environment.WALPOST_RELAY_POSTGRES_URL}"
  }
  assert {
    condition     = length([for step in output.teardown : step if strcontains(step, "pg_drop_replication_slot('walpost')")]) == 1
    error_message = "The teardown says how the slot is dropped."
  }
  assert {
    condition     = output.progress_topic == null
    error_message = "Only exactly-once keeps its progress in a topic."
  }
  assert {
    condition     = output.reserved_concurrency == 1
    error_message = "A drain needs no company: ${output.reserved_concurrency}"
  }
  assert {
    condition     = strcontains(output.teardown[1], "with enabled = false and mode = \"drain\" of the module relay") && strcontains(output.teardown[2], "\"reason\":\"drained\"") && strcontains(output.teardown[2], "--function-name shop-relay:live")
    error_message = "Before the slot is dropped the schedule is off, and a last drain says that nothing is left: ${join(" ", output.teardown)}"
  }
  assert {
    condition     = !anytrue([for step in output.teardown : strcontains(step, "0 bytes")])
    error_message = "A lag in bytes is no condition: an idle drain leaves some."
  }
  assert {
    condition = output.setup == join("\n", [
      "psql \"host=db.example.internal port=5432 dbname=shop user=ADMIN sslmode=verify-full sslrootcert=rds.pem\" -c 'CREATE ROLE \"relay\" LOGIN' -c 'GRANT rds_iam, rds_replication TO \"relay\"'",
      "WALPOST_RELAY_POSTGRES_URL='jdbc:postgresql://db.example.internal:5432/shop?sslmode=verify-full&sslrootcert=rds.pem' WALPOST_RELAY_POSTGRES_USER='relay' WALPOST_RELAY_SLOT='walpost' WALPOST_RELAY_PUBLICATION='walpost' ./walpost setup --admin-user ADMIN",
    ])
    error_message = "A role that logs in by IAM is made before the setup, which has the certificates where the operator is: ${output.setup}"
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(output.policies.base).Statement : statement.Effect == "Allow" && statement.Resource == "*"
      && toset(flatten([statement.Action])) == toset(["ec2:AssignPrivateIpAddresses", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"])
    ])
    error_message = "Lambda looks whether the role may change interfaces before there are any: ${output.policies.base}"
  }
  assert {
    condition     = length(aws_vpc_endpoint.secrets) == 0 && !strcontains(output.policies.base, "secretsmanager")
    error_message = "A login by IAM needs no secret and no way to one."
  }
}

run "function" {
  command = plan
  module { source = "./modules/function" }

  variables {
    name                 = "shop-relay"
    description          = "A function"
    architecture         = "arm64"
    memory_mb            = 1024
    timeout_seconds      = 900
    reserved_concurrency = 1
    environment          = { WALPOST_RELAY_SLOT = "walpost" }
    tags                 = { project = "shop" }
    egress = {
      database = { port = 5432, security_group_id = "sg-0000000000000002" }
      brokers  = { port = 9092, to_port = 9094, cidr_block = "10.0.0.0/24" }
    }
  }

  override_data {
    target = data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "java21" && aws_lambda_function.this.handler == "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest"
    error_message = "The zips are made for java21 and Quarkus's handler."
  }
  assert {
    condition     = aws_lambda_function.this.snap_start[0].apply_on == "PublishedVersions" && aws_lambda_function.this.publish
    error_message = "SnapStart needs published versions."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_egress_rule.this : rule.ip_protocol == "tcp" && rule.cidr_ipv4 != "0.0.0.0/0"])
    error_message = "A function connects only to what is named."
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.this["brokers"].to_port == 9094
    error_message = "A range of ports is kept."
  }
  assert {
    condition     = aws_lambda_function.this.tags == tomap({ project = "shop" }) && aws_iam_role.this.tags == tomap({ project = "shop" })
    error_message = "Everything has the tags."
  }
}

run "drain_policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.drain.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = output.count >= 10
    error_message = "The policies are not empty: ${output.count} statements."
  }
  assert {
    condition = length(setsubtract(
      ["kafka-cluster:AlterTransactionalId", "ec2:DescribeVpcs", "secretsmanager:GetSecretValue"],
      output.actions,
    )) == 3
    error_message = "Transactions, the pollers' rights and secrets are not for this relay: ${join(", ", output.actions)}"
  }
  assert {
    condition     = contains(output.actions, "rds-db:connect")
    error_message = "Its login is."
  }
}

run "continuous_exactly_once" {
  command = plan
  module { source = "./modules/relay" }
  variables {
    mode     = "continuous"
    delivery = "exactly-once"
  }

  assert {
    condition     = aws_scheduler_schedule.this.schedule_expression == "rate(13 minutes)"
    error_message = "A successor comes every 13 minutes."
  }
  assert {
    condition     = output.timeout_seconds - 10 - output.interval_minutes * 60 >= 75
    error_message = "A schedule that is a minute late leaves the successor time to wait for the slot."
  }
  assert {
    condition     = output.reserved_concurrency == 2
    error_message = "The successor waits beside its predecessor: ${output.reserved_concurrency}"
  }
  assert {
    condition     = aws_scheduler_schedule.this.target[0].retry_policy[0].maximum_retry_attempts == 3
    error_message = "A successor that could not be invoked is invoked again: without it nobody publishes."
  }
  assert {
    condition     = output.environment.WALPOST_RELAY_PROGRESS_TOPIC == "walpost.progress" && output.progress_topic == "walpost.progress"
    error_message = "Exactly-once has a progress topic."
  }
}

run "continuous_policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.continuous_exactly_once.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = contains(output.actions, "kafka-cluster:AlterTransactionalId")
    error_message = "Exactly-once may use transactions."
  }
}

run "secret" {
  command = plan
  module { source = "./modules/relay" }
  variables {
    database = {
      host               = "db.example.internal"
      name               = "shop"
      user               = "relay"
      login              = "secret"
      secret_arn         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:relay-AbCdEf"
      secret_kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
      sslmode            = "require"
      security_group_id  = "sg-0000000000000002"
    }
    secrets_endpoint = { create = true, clients = { rotation = "sg-0000000000000005" } }
  }

  override_resource {
    target          = aws_security_group.secrets
    override_during = plan
    values          = { id = "sg-0000000000000004" }
  }

  assert {
    condition     = output.environment.WALPOST_RELAY_POSTGRES_SECRET == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:relay-AbCdEf"
    error_message = "The function gets the secret's ARN."
  }
  assert {
    condition     = aws_vpc_endpoint.secrets[0].service_name == "com.amazonaws.eu-central-1.secretsmanager"
    error_message = "The endpoint is that of Secrets Manager."
  }
  assert {
    condition = toset([
      for rule in concat(aws_vpc_security_group_ingress_rule.secrets, values(aws_vpc_security_group_ingress_rule.secrets_clients)) : rule.referenced_security_group_id
    ]) == toset(["sg-0000000000000001", "sg-0000000000000005"])
    error_message = "It admits the relay, and those who are named."
  }
  assert {
    condition = output.setup == join(" ", [
      "WALPOST_RELAY_POSTGRES_URL='jdbc:postgresql://db.example.internal:5432/shop?sslmode=require'",
      "WALPOST_RELAY_POSTGRES_USER='relay' WALPOST_RELAY_SLOT='walpost' WALPOST_RELAY_PUBLICATION='walpost' AWS_REGION='eu-central-1'",
      "WALPOST_RELAY_POSTGRES_LOGIN='secret' WALPOST_RELAY_POSTGRES_SECRET='arn:aws:secretsmanager:eu-central-1:123456789012:secret:relay-AbCdEf'",
      "./walpost setup --admin-user ADMIN --create-role",
    ])
    error_message = "The new role gets the password that the secret holds: ${output.setup}"
  }
}

run "successor_without_time" {
  command = plan
  module { source = "./modules/relay" }
  variables {
    mode             = "continuous"
    interval_minutes = 14
  }

  expect_failures = [var.deadline_margin_seconds]
}

run "secret_policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.secret.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = contains(output.actions, "secretsmanager:GetSecretValue") && contains(output.actions, "kms:Decrypt") && !contains(output.actions, "rds-db:connect")
    error_message = "The secret may be read, and nothing else: ${join(", ", output.actions)}"
  }
}

# The check itself can fail.
run "wildcards_are_found" {
  command = plan
  module { source = "./tests/iam" }
  variables {
    policies = {
      bad = jsonencode({
        Version = "2012-10-17"
        Statement = [
          { Sid = "Interfaces", Effect = "Allow", Action = "ec2:DeleteNetworkInterface", Resource = "*" },
          { Sid = "Action", Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::bucket" },
          { Sid = "Resource", Effect = "Allow", Action = ["ec2:DescribeVpcs", "ec2:RunInstances"], Resource = "*" },
          { Sid = "Topic", Effect = "Allow", Action = "kafka-cluster:WriteData", Resource = "arn:aws:kafka:eu-central-1:123456789012:topic/shop/uuid/*" },
          { Sid = "Not", Effect = "Allow", NotAction = "iam:PassRole", Resource = "arn:aws:s3:::bucket" },
          { Sid = "Denied", Effect = "Deny", Action = "*", Resource = "*" },
        ]
      })
    }
  }

  assert {
    condition     = length(output.findings) == 5
    error_message = join("; ", output.findings)
  }
}
