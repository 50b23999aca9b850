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

output "progress_topic" {
  description = "The topic of its progress, for the module kafka; null unless delivery is exactly-once."
  value       = var.delivery == "exactly-once" ? var.topics.progress : null
}

output "mode" {
  description = "drain or continuous."
  value       = var.mode
}

output "schedule_state" {
  description = "ENABLED or DISABLED: whether the relay is invoked."
  value       = aws_scheduler_schedule.this.state
}

output "interval_minutes" {
  description = "The time between two invocations."
  value       = local.interval_minutes
}

output "timeout_seconds" {
  description = "How long an invocation may take."
  value       = var.timeout_seconds
}

output "reserved_concurrency" {
  description = "How many invocations may run at once."
  value       = module.function.reserved_concurrency
}

output "secrets_endpoint_security_group_id" {
  description = "The security group of the VPC endpoint of Secrets Manager that was made; null if none was."
  value       = one(aws_security_group.secrets[*].id)
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

# A role that logs in by IAM has no password, and needs a right of Amazon RDS that setup does not know: it is made before.
locals {
  creates_role = var.database.login == "secret"

  make_role = local.creates_role ? [] : [join(" ", [
    "psql \"host=${var.database.host} port=${var.database.port} dbname=${var.database.name} user=ADMIN sslmode=${var.database.sslmode}${var.database.root_certificate == null ? "" : " sslrootcert=rds.pem"}\"",
    "-c 'CREATE ROLE \"${var.database.user}\" LOGIN' -c 'GRANT rds_iam, rds_replication TO \"${var.database.user}\"'",
  ])]

  run_setup = join(" ", concat(
    [
      "WALPOST_RELAY_POSTGRES_URL='${module.login.operator_jdbc_url}'",
      "WALPOST_RELAY_POSTGRES_USER='${var.database.user}'",
      "WALPOST_RELAY_SLOT='${var.slot}'",
      "WALPOST_RELAY_PUBLICATION='${var.publication}'",
    ],
    # The new role gets the password that the secret holds, which setup reads itself.
    local.creates_role ? [
      "AWS_REGION='${local.region}'",
      "WALPOST_RELAY_POSTGRES_LOGIN='secret'",
      "WALPOST_RELAY_POSTGRES_SECRET='${var.database.secret_arn}'",
    ] : [],
    ["./walpost setup --admin-user ADMIN"],
    local.creates_role ? ["--create-role"] : [],
  ))
}

output "setup" {
  description = <<-TEXT
    What prepares the database, once, from a machine that reaches it, with an administrator's login instead of ADMIN: in the
    folder of Walpost, where rds.pem has the certificates of Amazon RDS. With login = "secret" it takes credentials of AWS
    that may read the secret; with login = "iam" it makes the role first, which is left out if the role is there.
  TEXT
  value       = join("\n", concat(local.make_role, [local.run_setup]))
}

output "teardown" {
  description = "How to take the relay down so that no slot is left behind and nothing is lost, in this order."
  value = [
    "1. Stop what writes to the outbox, or accept that its later events are not published.",
    "2. Disable the schedule: terraform apply with enabled = false and mode = \"drain\" of the module relay, which are relay_enabled = false and relay_mode = \"drain\" in the examples (and without lag_seconds of observability, if it is set). What still runs ends within ${ceil(var.timeout_seconds / 60)} minutes.",
    "3. Drain for the last time, and again until it says \"reason\":\"drained\": aws lambda invoke --region ${local.region} --cli-read-timeout 0 --function-name ${var.name}:live /dev/stdout. (./walpost drain, with the relay's settings, says it by exit code 0.) Neither a small lag nor a quiet alarm says that nothing is left.",
    "4. Drop the slot, as a database administrator: SELECT pg_drop_replication_slot('${var.slot}'); and then DROP PUBLICATION ${var.publication};",
    "5. Destroy the relay. If the database stays, its alarms have to stay too, since they see a slot that was left behind: remove the relay's module, give observability relay = null and database.budget_bytes, and apply (in examples/existing-database: terraform apply with relay_present = false). terraform destroy takes the alarms as well: it is for when the database goes, or when no slot is left.",
  ]
}

output "wal_budget_bytes" {
  description = "How much log the slot may hold back until the relay says so, for the alarms."
  value       = var.wal_budget_gb * 1024 * 1024 * 1024
}
