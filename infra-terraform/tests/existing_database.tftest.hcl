# The example, planned by the real provider as in relay.tftest.hcl.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

override_data {
  target = module.relay[0].data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = module.relay[0].module.function.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = module.relay[0].module.login.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_data {
  target = module.observability.data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_resource {
  target          = module.relay[0].module.function.aws_security_group.this
  override_during = plan
  values          = { id = "sg-0000000000000011" }
}

override_resource {
  target          = module.relay[0].module.function.aws_iam_role.this
  override_during = plan
  values          = { arn = "arn:aws:iam::123456789012:role/orders-relay" }
}

variables {
  vpc_id     = "vpc-0000000000000001"
  subnet_ids = ["subnet-0000000000000001", "subnet-0000000000000002"]
  database = {
    identifier        = "orders"
    engine_version    = "16.8"
    host              = "orders.example.internal"
    name              = "orders"
    resource_id       = "db-ABCDEFGHIJKLMNOP"
    security_group_id = "sg-0000000000000001"
    storage_gb        = 80
    relay_secret_arn  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:relay-AbCdEf"
  }
  kafka = {
    cluster_arn       = "arn:aws:kafka:eu-central-1:123456789012:cluster/orders/11111111-2222-3333-4444-555555555555-6"
    bootstrap_servers = "b-1.example.internal:9098"
    security_group_id = "sg-0000000000000002"
  }
  secrets_endpoint       = { security_group_id = "sg-0000000000000003" }
  certificates_layer_arn = "arn:aws:lambda:eu-central-1:123456789012:layer:rds:1"
  alarm_topic_arn        = "arn:aws:sns:eu-central-1:123456789012:on-call"
  artifact               = "../../tests/fixtures/function.zip"
}

run "plan" {
  command = plan
  module { source = "./examples/existing-database" }

  assert {
    condition     = contains(keys(output.alarms), "orders-slot-left-behind")
    error_message = "The slot is watched, also when the relay is gone."
  }
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.secrets[0].security_group_id == "sg-0000000000000003"
      && aws_vpc_security_group_ingress_rule.secrets[0].referenced_security_group_id == "sg-0000000000000011"
      && aws_vpc_security_group_ingress_rule.secrets[0].from_port == 443
    )
    error_message = "The endpoint that is there lets the relay in; none is made, which would take over the VPC's DNS."
  }
  assert {
    condition     = strcontains(output.teardown[3], "pg_drop_replication_slot('walpost')")
    error_message = "The teardown drops the slot."
  }
  assert {
    condition     = strcontains(output.teardown[4], "relay_present = false") && strcontains(output.teardown[4], "terraform destroy takes the alarms")
    error_message = "It leaves the alarms on the database, which stays: ${output.teardown[4]}"
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
    condition     = contains(output.actions, "secretsmanager:GetSecretValue")
    error_message = "The relay reads its secret."
  }
}

# What the teardown speaks of.
run "schedule_and_mode" {
  command = plan
  module { source = "./examples/existing-database" }
  variables {
    relay_enabled = false
    relay_mode    = "continuous"
  }

  assert {
    condition     = module.relay[0].schedule_state == "DISABLED" && module.relay[0].mode == "continuous"
    error_message = "The variables that the teardown names reach the relay."
  }
  assert {
    condition     = strcontains(output.teardown[1], "relay_enabled = false and relay_mode = \"drain\" in the examples")
    error_message = "The teardown calls them by their names: ${output.teardown[1]}"
  }
}

# The last step of the teardown.
run "without_a_relay" {
  command = plan
  module { source = "./examples/existing-database" }
  variables { relay_present = false }

  assert {
    condition     = toset(keys(output.alarms)) == toset(["orders-slot-left-behind", "orders-log-on-disk", "orders-free-storage"])
    error_message = "The alarms on the database stay: ${join(", ", keys(output.alarms))}"
  }
  assert {
    condition     = length(module.relay) == 0 && length(aws_vpc_security_group_ingress_rule.kafka) == 0 && length(aws_vpc_security_group_ingress_rule.secrets) == 0
    error_message = "Nobody is let in for a relay that is gone."
  }
  assert {
    condition     = length(module.database.parameters) > 0
    error_message = "The database keeps its parameter group."
  }
}
