variable "cases" {
  type = any
}

variable "common" {
  type = any
}

module "relay" {
  source   = "../../../modules/relay"
  for_each = var.cases

  name                    = "shop-relay"
  artifact                = var.common.zip
  mode                    = each.value.mode
  interval_minutes        = each.value.interval_minutes
  timeout_seconds         = each.value.timeout_seconds
  deadline_margin_seconds = each.value.deadline_margin_seconds
  slot                    = each.value.slot
  delivery                = each.value.delivery
  wal_budget_gb           = each.value.wal_budget_gb
  topics                  = each.value.topics
  database                = each.value.database
  kafka                   = each.value.kafka
  secrets_endpoint        = each.value.secrets_endpoint
  log_group               = var.common.log_group
  vpc_id                  = "vpc-1"
  subnet_ids              = var.common.subnets
}
