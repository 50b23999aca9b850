variable "cases" {
  type = any
}

variable "common" {
  type = any
}

module "consumer" {
  source   = "../../../modules/consumer"
  for_each = var.cases

  name                    = "shop-billing"
  artifact                = var.common.zip
  topic                   = "outbox.event.order"
  consumer                = each.value.consumer
  timeout_seconds         = each.value.timeout_seconds
  order                   = each.value.order
  database                = each.value.database
  egress                  = each.value.egress
  sink_secret             = each.value.sink_secret
  msk                     = each.value.msk
  kafka                   = each.value.kafka
  starting_position       = each.value.starting_position
  batch_size              = each.value.batch_size
  batching_window_seconds = each.value.batching_window_seconds
  pollers                 = each.value.pollers
  filters                 = each.value.filters
  give_up                 = each.value.give_up
  log_group               = var.common.log_group
  vpc_id                  = "vpc-1"
  subnet_ids              = var.common.subnets
}
