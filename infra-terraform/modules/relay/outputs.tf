output "function_name" {
  description = "The function's name."
  value       = module.function.function_name
}

output "alias_arn" {
  description = "The ARN by which the function is invoked."
  value       = module.function.alias_arn
}

output "role_arn" {
  description = "The ARN of the function's role."
  value       = module.function.role_arn
}

output "security_group_id" {
  description = "The function's security group, which database and Kafka have to admit."
  value       = module.function.security_group_id
}

output "slot" {
  description = "The replication slot."
  value       = var.slot
}

output "mode" {
  description = "drain or continuous."
  value       = var.mode
}

output "interval_minutes" {
  description = "The time between two invocations."
  value       = local.interval_minutes
}

output "environment" {
  description = "The function's settings."
  value       = module.function.environment
}

output "policies" {
  description = "All policies that the module gives to somebody, for review."
  value = merge(module.function.policies, {
    schedule       = data.aws_iam_policy_document.schedule.json
    schedule_trust = data.aws_iam_policy_document.schedule_trust.json
  })
}

output "setup" {
  description = "What prepares the database, once, from a machine that reaches it, with an administrator's login."
  value = join(" ", concat(
    [
      "WALPOST_RELAY_POSTGRES_URL='${local.environment.WALPOST_RELAY_POSTGRES_URL}'",
      "WALPOST_RELAY_POSTGRES_USER='${var.database.user}'",
      "WALPOST_RELAY_SLOT='${var.slot}'",
      "WALPOST_RELAY_PUBLICATION='${var.publication}'",
    ],
    ["./walpost setup --admin-user ADMIN --create-role"],
  ))
}

output "teardown" {
  description = "How to take the relay down so that no slot is left behind, in this order."
  value = [
    "1. Stop what writes to the outbox, or accept that its later events are not published.",
    "2. Wait until all is published: ./walpost status shows a lag of 0 bytes, or the alarm ${var.name}-slot-lag-bytes is quiet.",
    "3. Stop the relay: terraform apply with enabled = false, and wait ${ceil(var.timeout_seconds / 60)} minutes for what still runs.",
    "4. Drop the slot, as a database administrator: SELECT pg_drop_replication_slot('${var.slot}'); and then DROP PUBLICATION ${var.publication};",
    "5. Destroy the relay: terraform destroy, or remove its module and apply. Keep the database's alarms until the end: they see a slot that was left behind.",
  ]
}

output "wal_budget_bytes" {
  description = "How much log the slot may hold back until the relay says so, for the alarms."
  value       = var.wal_budget_gb * 1024 * 1024 * 1024
}
