# Real plans without AWS, as in relay.tftest.hcl.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variables {
  name       = "shop"
  vpc_id     = "vpc-0000000000000001"
  subnet_ids = ["subnet-0000000000000001", "subnet-0000000000000002", "subnet-0000000000000003"]
  topics     = { "outbox.event.order" = 12 }
  clients    = { relay = "sg-0000000000000001" }
}

run "provisioned" {
  command = plan
  module { source = "./modules/kafka" }

  assert {
    condition = alltrue([
      for line in ["auto.create.topics.enable=false", "default.replication.factor=3", "min.insync.replicas=2", "unclean.leader.election.enable=false"] :
      contains(split("\n", aws_msk_configuration.this[0].server_properties), line)
    ])
    error_message = "The brokers lose nothing: ${aws_msk_configuration.this[0].server_properties}"
  }
  assert {
    condition     = aws_msk_cluster.this[0].client_authentication[0].sasl[0].iam && !aws_msk_cluster.this[0].client_authentication[0].unauthenticated
    error_message = "Clients log in by IAM, and only so."
  }
  assert {
    condition     = aws_msk_cluster.this[0].encryption_info[0].encryption_in_transit[0].client_broker == "TLS"
    error_message = "Clients connect by TLS, and only so."
  }
  assert {
    condition     = output.topics["outbox.event.order"].replication_factor == 3 && output.topics["outbox.event.order"].settings["min.insync.replicas"] == "2" && output.topics["outbox.event.order"].settings["retention.ms"] == "604800000"
    error_message = "The topics' settings are outputs."
  }
  assert {
    condition     = output.topics["walpost.dead-letter"].settings["retention.ms"] == "-1" && output.topics["walpost.parked"].partitions == 1
    error_message = "Dead letters are kept, and parked keys have one partition."
  }
  assert {
    condition     = anytrue([for command in output.topic_commands : strcontains(command, "--topic outbox.event.order --partitions 12 --replication-factor 3")])
    error_message = "A command makes each topic."
  }
  assert {
    condition     = toset(keys(output.topics)) == toset(["outbox.event.order", "walpost.dead-letter", "walpost.parked"])
    error_message = "A topic of progress is made only for who wants it: ${join(", ", keys(output.topics))}"
  }
}

run "exactly_once" {
  command = plan
  module { source = "./modules/kafka" }
  variables { progress_topic = "walpost.progress" }

  assert {
    condition = (
      output.topics["walpost.progress"].partitions == 1 && output.topics["walpost.progress"].replication_factor == 3
      && tomap(output.topics["walpost.progress"].settings) == tomap({ "cleanup.policy" = "compact", "segment.bytes" = "16777216", "min.insync.replicas" = "2" })
    )
    error_message = "The progress is as the relay makes it: ${jsonencode(output.topics["walpost.progress"])}"
  }
  assert {
    condition     = anytrue([for command in output.topic_commands : strcontains(command, "--topic walpost.progress --partitions 1 --replication-factor 3")])
    error_message = "A command makes it."
  }
}

run "serverless" {
  command = plan
  module { source = "./modules/kafka" }
  variables {
    type           = "serverless"
    progress_topic = "walpost.progress"
  }

  assert {
    condition     = length(aws_msk_serverless_cluster.this) == 1 && length(aws_msk_cluster.this) == 0 && output.brokers == 0
    error_message = "A serverless cluster has no brokers of its own."
  }
  assert {
    condition     = !contains(keys(output.topics["outbox.event.order"].settings), "min.insync.replicas")
    error_message = "A serverless cluster takes no min.insync.replicas; it has two in sync."
  }
  assert {
    condition     = tomap(output.topics["walpost.progress"].settings) == tomap({ "cleanup.policy" = "compact" })
    error_message = "Nor does it take a size of segments."
  }
}
