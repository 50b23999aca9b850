# The example, planned by the real provider as in relay.tftest.hcl, and applied by one that makes everything up.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

mock_provider "aws" {
  alias = "mocked"

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Statement\": []}" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }
  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:mocked:live" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:mocked" }
  }
  mock_resource "aws_msk_cluster" {
    defaults = {
      arn                        = "arn:aws:kafka:eu-central-1:123456789012:cluster/orders/11111111-2222-3333-4444-555555555555-6"
      bootstrap_brokers_sasl_iam = "b-1.example.internal:9098"
    }
  }
  mock_resource "aws_msk_configuration" {
    defaults = {
      arn             = "arn:aws:kafka:eu-central-1:123456789012:configuration/orders/11111111-2222-3333-4444-555555555555-6"
      latest_revision = 1
    }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "orders.example.internal"
      resource_id        = "db-ABCDEFGHIJKLMNOP"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:admin-AbCdEf" }]
    }
  }
}

variables {
  vpc_id                        = "vpc-0000000000000001"
  subnet_ids                    = ["subnet-0000000000000001", "subnet-0000000000000002", "subnet-0000000000000003"]
  application_security_group_id = "sg-0000000000000001"
  certificates_layer_arn        = "arn:aws:lambda:eu-central-1:123456789012:layer:rds:1"
  alarm_topic_arn               = "arn:aws:sns:eu-central-1:123456789012:on-call"
  search = {
    url               = "https://search.example.internal"
    security_group_id = "sg-0000000000000002"
    secret = {
      arn                        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf"
      endpoint_security_group_id = "sg-0000000000000004"
    }
  }
  cache = {
    url               = "rediss://cache.example.internal:6379"
    security_group_id = "sg-0000000000000003"
  }
  # What the zips are is the build's affair; a plan only has to find them.
  artifacts = {
    relay              = "../../tests/fixtures/function.zip"
    billing            = "../../tests/fixtures/function.zip"
    search             = "../../tests/fixtures/function.zip"
    cache-invalidation = "../../tests/fixtures/function.zip"
  }
}

run "plan" {
  command = plan
  module { source = "./examples/complete" }

  override_data {
    target = module.relay.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.relay.module.function.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.relay.module.login.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.consumer["billing"].module.login.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.consumer["search"].module.login.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.consumer["cache-invalidation"].module.login.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.consumer["billing"].module.function.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.consumer["search"].module.function.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.consumer["cache-invalidation"].module.function.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = module.observability.data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }

  override_resource {
    target          = module.relay.module.function.aws_security_group.this
    override_during = plan
    values          = { id = "sg-0000000000000011" }
  }
  override_resource {
    target          = module.consumer["billing"].module.function.aws_security_group.this
    override_during = plan
    values          = { id = "sg-0000000000000012" }
  }
  override_resource {
    target          = module.consumer["search"].module.function.aws_security_group.this
    override_during = plan
    values          = { id = "sg-0000000000000022" }
  }
  override_resource {
    target          = module.consumer["cache-invalidation"].module.function.aws_security_group.this
    override_during = plan
    values          = { id = "sg-0000000000000023" }
  }
  override_resource {
    target          = module.kafka.aws_security_group.this
    override_during = plan
    values          = { id = "sg-0000000000000013" }
  }
  override_resource {
    target          = module.kafka.aws_msk_cluster.this
    override_during = plan
    values = {
      arn                        = "arn:aws:kafka:eu-central-1:123456789012:cluster/orders/11111111-2222-3333-4444-555555555555-6"
      bootstrap_brokers_sasl_iam = "b-1.example.internal:9098"
    }
  }
  override_resource {
    target          = module.database.aws_db_instance.this
    override_during = plan
    values = {
      address            = "orders.example.internal"
      resource_id        = "db-ABCDEFGHIJKLMNOP"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:admin-AbCdEf" }]
    }
  }

  assert {
    condition     = length(module.consumer) == 3
    error_message = "Billing, search and cache are wired."
  }
  assert {
    condition = tomap({ for name, rule in aws_vpc_security_group_ingress_rule.sinks : name => "${rule.referenced_security_group_id} to ${rule.security_group_id}:${rule.from_port}" }) == tomap({
      search-opensearch        = "sg-0000000000000022 to sg-0000000000000002:443"
      search-secrets           = "sg-0000000000000022 to sg-0000000000000004:443"
      cache-invalidation-redis = "sg-0000000000000023 to sg-0000000000000003:6379"
    })
    error_message = "What is there already lets the consumers in."
  }
  assert {
    condition     = alltrue([for name in ["orders-billing-lag", "orders-search-lag", "orders-cache-invalidation-lag", "orders-slot-left-behind"] : contains(keys(output.alarms), name)])
    error_message = "Everything is watched: ${join(", ", keys(output.alarms))}"
  }
}

run "policies" {
  command = plan
  module { source = "./tests/iam" }
  variables { policies = run.plan.policies }

  assert {
    condition     = length(output.findings) == 0
    error_message = join("; ", output.findings)
  }
  assert {
    condition     = output.count >= 40
    error_message = "The policies of relay and consumers are not empty: ${output.count} statements."
  }
}

run "apply" {
  providers = { aws = aws.mocked }
  module { source = "./examples/complete" }
  # The endpoint is in OpenSearch's own group.
  variables {
    search = {
      url               = "https://search.example.internal"
      security_group_id = "sg-0000000000000002"
      secret = {
        arn                        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf"
        endpoint_security_group_id = "sg-0000000000000002"
      }
    }
  }

  assert {
    condition     = toset(keys(aws_vpc_security_group_ingress_rule.sinks)) == toset(["search-secrets", "cache-invalidation-redis"])
    error_message = "AWS takes no second rule to the same port of the same group: ${join(", ", keys(aws_vpc_security_group_ingress_rule.sinks))}"
  }
  assert {
    condition     = strcontains(output.setup, "WALPOST_RELAY_POSTGRES_URL='jdbc:postgresql://orders.example.internal:5432/orders?sslmode=verify-full&sslrootcert=rds.pem'")
    error_message = "The setup knows the database, and the certificates where the operator is: ${output.setup}"
  }
  assert {
    condition     = strcontains(output.setup, "GRANT rds_iam") && !strcontains(output.setup, "--create-role")
    error_message = "A role that logs in by IAM is made with its right to: ${output.setup}"
  }
  assert {
    condition     = length(output.teardown) == 5 && strcontains(output.teardown[3], "pg_drop_replication_slot")
    error_message = "The slot is dropped before the relay is destroyed."
  }
  assert {
    condition     = length(output.topic_commands) == 3
    error_message = "The events' topic and the relay's own are made."
  }
}

# What the teardown speaks of.
run "schedule_and_mode" {
  command   = plan
  providers = { aws = aws.mocked }
  module { source = "./examples/complete" }
  variables {
    relay_enabled = false
    relay_mode    = "drain"
  }

  assert {
    condition     = module.relay.schedule_state == "DISABLED" && module.relay.mode == "drain"
    error_message = "The variables that the teardown names reach the relay."
  }
  assert {
    condition     = strcontains(output.teardown[1], "relay_enabled = false and relay_mode = \"drain\" in the examples")
    error_message = "The teardown calls them by their names: ${output.teardown[1]}"
  }
}
