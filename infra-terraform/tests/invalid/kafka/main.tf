variable "cases" {
  type = any
}

module "kafka" {
  source   = "../../../modules/kafka"
  for_each = var.cases

  name            = each.value.name
  type            = each.value.type
  kafka_version   = each.value.kafka_version
  brokers         = each.value.brokers
  vpc_id          = "vpc-1"
  subnet_ids      = each.value.subnet_ids
  topics          = each.value.topics
  retention_hours = each.value.retention_hours
}
