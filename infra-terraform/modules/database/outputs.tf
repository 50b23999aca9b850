locals {
  identifier = var.existing != null ? var.existing.identifier : var.name
  host = (
    var.existing != null ? var.existing.host :
    local.aurora ? aws_rds_cluster.this[0].endpoint : aws_db_instance.this[0].address
  )
  port = var.existing != null ? var.existing.port : 5432
  resource_id = (
    var.existing != null ? var.existing.resource_id :
    local.aurora ? aws_rds_cluster.this[0].cluster_resource_id : aws_db_instance.this[0].resource_id
  )
  security_group_id = var.existing != null ? var.existing.security_group_id : aws_security_group.this[0].id
}

output "identifier" {
  description = "The identifier of the instance or cluster, by which CloudWatch knows it."
  value       = local.identifier
}

output "engine" {
  description = "postgres or aurora-postgresql."
  value       = var.engine
}

output "host" {
  description = "The host to connect to; of a cluster, the writer's."
  value       = local.host
}

output "port" {
  description = "The port."
  value       = local.port
}

output "name" {
  description = "The database whose outbox the relay reads."
  value       = var.database_name
}

output "resource_id" {
  description = "The id by which IAM knows it: db-… or cluster-…"
  value       = local.resource_id
}

output "security_group_id" {
  description = "The database's security group."
  value       = local.security_group_id
}

output "admin_secret_arn" {
  description = "The ARN of the administrator's secret, for walpost setup; null for a database that is there already."
  value = (
    var.existing != null ? null :
    local.aurora ? aws_rds_cluster.this[0].master_user_secret[0].secret_arn : aws_db_instance.this[0].master_user_secret[0].secret_arn
  )
}

output "parameter_group" {
  description = "The parameter group. Attach it to a database that is there already: of a cluster it is the cluster's."
  value       = local.aurora ? aws_rds_cluster_parameter_group.this[0].name : aws_db_parameter_group.this[0].name
}

output "parameters" {
  description = "What the parameter group sets, by name."
  value       = { for name, parameter in local.parameters : name => parameter.value }
}

output "slot_wal_keep_bytes" {
  description = "How much log slots may hold back until PostgreSQL gives them up, for the alarms."
  value       = var.slot_wal_keep_gb * 1024 * 1024 * 1024
}
