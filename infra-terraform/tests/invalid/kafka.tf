locals {
  cluster = {
    name            = "shop"
    type            = null
    kafka_version   = null
    brokers         = null
    subnet_ids      = local.subnets
    topics          = { "outbox.event.order" = 12 }
    retention_hours = null
  }
  clusters = {
    name      = merge(local.cluster, { name = "-" })
    type      = merge(local.cluster, { type = "local" })
    version   = merge(local.cluster, { kafka_version = "2.8.1" })
    brokers   = merge(local.cluster, { brokers = 4 })
    subnets   = merge(local.cluster, { subnet_ids = ["subnet-1"] })
    topics    = merge(local.cluster, { topics = {} })
    retention = merge(local.cluster, { retention_hours = 1 })
  }
}

module "kafka" {
  source = "./kafka"
  cases  = { for name in ["name", "type", "version", "subnets", "topics", "retention"] : name => local.clusters[name] }
}

module "kafka_across" {
  source = "./kafka"
  cases  = { for name in ["brokers"] : name => local.clusters[name] }
}
