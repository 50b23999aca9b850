variable "cases" {
  type = any
}

module "observability" {
  source   = "../../../modules/observability"
  for_each = var.cases

  name           = each.value.name
  log_groups     = {}
  retention_days = each.value.retention_days
  alarm_actions  = each.value.alarm_actions
  relay          = each.value.relay
  database       = each.value.database
  consumers      = each.value.consumers
  kafka          = each.value.kafka
}
