locals {
  tags = merge(var.tags, { "walpost:module" = "observability" })

  # What the functions write, as constants of their code have it. Everything here names a metric by these maps, so that a
  # name that is not among them fails the plan; a test of the build looks for the file's names in the code.
  walpost          = jsondecode(file("${path.module}/metrics.json"))
  relay_metrics    = { for metric in local.walpost["Walpost/Relay"].metrics : metric => metric }
  consumer_metrics = { for metric in local.walpost["Walpost/Consumer"].metrics : metric => metric }

  relay_dimension    = local.walpost["Walpost/Relay"].dimension
  consumer_dimension = local.walpost["Walpost/Consumer"].dimension
  relay_dimensions   = { (local.relay_dimension) = local.relay.slot }

  # Aurora moves the writer's role from instance to instance; Amazon RDS keeps the name.
  aurora = var.database.engine == "aurora-postgresql"
  database_dimensions = (
    local.aurora ? { DBClusterIdentifier = var.database.identifier, Role = "WRITER" }
    : { DBInstanceIdentifier = var.database.identifier }
  )
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = var.log_groups

  name              = each.value
  retention_in_days = var.retention_days
  kms_key_id        = var.kms_key_arn
  tags              = local.tags
}
