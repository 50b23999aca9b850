locals {
  tags        = merge(var.tags, { "walpost:module" = "kafka" })
  provisioned = var.type == "provisioned"

  # What every topic gets that is made without saying otherwise.
  server_properties = {
    "auto.create.topics.enable"      = "false"
    "default.replication.factor"     = "3"
    "min.insync.replicas"            = "2"
    "unclean.leader.election.enable" = "false"
    "log.retention.hours"            = tostring(var.retention_hours)
  }
}

resource "aws_msk_configuration" "this" {
  count = local.provisioned ? 1 : 0

  # Another version takes another configuration, which must be there before the cluster lets go of this one.
  name              = "${var.name}-${replace(var.kafka_version, ".", "-")}"
  description       = "Three replicas, of which two have each record before it counts as written"
  kafka_versions    = [var.kafka_version]
  server_properties = join("\n", [for name, value in local.server_properties : "${name}=${value}"])

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_msk_cluster" "this" {
  count = local.provisioned ? 1 : 0

  cluster_name           = var.name
  kafka_version          = var.kafka_version
  number_of_broker_nodes = var.brokers
  # The alarm on partitions below min.insync.replicas needs each broker's metrics.
  enhanced_monitoring = "PER_BROKER"

  broker_node_group_info {
    instance_type   = var.instance_type
    client_subnets  = var.subnet_ids
    security_groups = [aws_security_group.this.id]
    storage_info {
      ebs_storage_info {
        volume_size = var.storage_gb
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this[0].arn
    revision = aws_msk_configuration.this[0].latest_revision
  }

  client_authentication {
    unauthenticated = false
    sasl {
      iam = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.kms_key_arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  dynamic "logging_info" {
    for_each = var.log_group == null ? [] : [var.log_group.name]
    content {
      broker_logs {
        cloudwatch_logs {
          enabled   = true
          log_group = logging_info.value
        }
      }
    }
  }

  tags = local.tags
}

resource "aws_msk_serverless_cluster" "this" {
  count = local.provisioned ? 0 : 1

  cluster_name = var.name

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [aws_security_group.this.id]
  }

  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }

  tags = local.tags
}
