locals {
  port = 9098

  # A serverless cluster has three replicas and two in sync for all topics, and takes no setting for it.
  replica_settings = local.provisioned ? { "min.insync.replicas" = "2" } : {}

  event_settings = merge(local.replica_settings, {
    "cleanup.policy"    = "delete"
    "retention.ms"      = tostring(var.retention_hours * 3600 * 1000)
    "max.message.bytes" = tostring(var.max_message_bytes)
  })

  # As the relay makes them where it may.
  own_topics = merge(local.progress_topics, {
    (var.dead_letter_topic) = {
      partitions         = max(values(var.topics)...)
      replication_factor = 3
      settings = merge(local.replica_settings, {
        "cleanup.policy" = "delete"
        # A dead letter that is deleted is a lost event. MSK Serverless takes no topic above 8 MiB a record.
        "retention.ms"      = "-1"
        "max.message.bytes" = tostring(local.provisioned ? 64 * 1024 * 1024 : 8 * 1024 * 1024)
      })
    }
    (var.parked_topic) = {
      partitions         = 1
      replication_factor = 3
      settings           = merge(local.replica_settings, { "cleanup.policy" = "compact" })
    }
  })

  # Every transaction adds a record, and only segments that are full are compacted. A serverless cluster takes no size of them.
  progress_topics = {
    for topic in [var.progress_topic] : topic => {
      partitions         = 1
      replication_factor = 3
      settings = merge(local.replica_settings, { "cleanup.policy" = "compact" }, local.provisioned ? {
        "segment.bytes" = tostring(16 * 1024 * 1024)
      } : {})
    } if topic != null
  }

  topics = merge(
    { for topic, partitions in var.topics : topic => { partitions = partitions, replication_factor = 3, settings = local.event_settings } },
    local.own_topics,
  )
}

output "name" {
  description = "The cluster's name, by which CloudWatch knows it."
  value       = var.name
}

output "type" {
  description = "provisioned or serverless."
  value       = var.type
}

output "brokers" {
  description = "How many brokers there are; 0 for a serverless cluster."
  value       = local.provisioned ? var.brokers : 0
}

output "cluster_arn" {
  description = "The cluster's ARN."
  value       = local.provisioned ? aws_msk_cluster.this[0].arn : aws_msk_serverless_cluster.this[0].arn
}

output "bootstrap_servers" {
  description = "The addresses for clients that log in by IAM."
  value = (
    local.provisioned ? aws_msk_cluster.this[0].bootstrap_brokers_sasl_iam
    : aws_msk_serverless_cluster.this[0].bootstrap_brokers_sasl_iam
  )
}

output "port" {
  description = "The port of those addresses."
  value       = local.port
}

output "security_group_id" {
  description = "The cluster's security group."
  value       = aws_security_group.this.id
}

output "subnet_ids" {
  description = "The cluster's subnets, in which the pollers of event source mappings have their interfaces too."
  value       = var.subnet_ids
}

output "topics" {
  description = "The topics with their settings. AWS has no API for topics, so Terraform does not make them."
  value       = local.topics
}

output "topic_commands" {
  description = "What makes the topics, with Kafka's own tool from a machine that reaches the cluster; client.properties has the login."
  value = [
    for topic, wanted in local.topics : join(" ", concat(
      ["kafka-topics.sh --bootstrap-server \"$BOOTSTRAP\" --command-config client.properties --create --if-not-exists"],
      ["--topic ${topic} --partitions ${wanted.partitions} --replication-factor ${wanted.replication_factor}"],
      [for name, value in wanted.settings : "--config ${name}=${value}"],
    ))
  ]
}

output "client_properties" {
  description = "client.properties for Kafka's tools, with aws-msk-iam-auth on their class path."
  value       = <<-TEXT
    security.protocol=SASL_SSL
    sasl.mechanism=AWS_MSK_IAM
    sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;
    sasl.client.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler
  TEXT
}
