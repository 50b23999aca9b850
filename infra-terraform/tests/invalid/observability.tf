locals {
  watched_relay = {
    function_name    = "shop-relay"
    slot             = "walpost"
    mode             = "drain"
    interval_minutes = 1
    timeout_seconds  = 900
    budget_bytes     = 10737418240
  }
  watched_database = { identifier = "shop", engine = "postgres", slot_keep_bytes = 53687091200 }

  watch = {
    name           = "shop"
    retention_days = null
    alarm_actions  = ["arn:aws:sns:eu-central-1:123456789012:on-call"]
    relay          = local.watched_relay
    database       = local.watched_database
    consumers      = null
    kafka          = null
  }
  watches = {
    name      = merge(local.watch, { name = "-" })
    retention = merge(local.watch, { retention_days = 2 })
    nobody    = merge(local.watch, { alarm_actions = [] })
    impatient = merge(local.watch, { relay = merge(local.watched_relay, { lag_seconds = 10 }) })
    topic     = merge(local.watch, { kafka = { name = "shop", brokers = 3 }, consumers = { billing = { function_name = "shop-billing" } } })
    engine    = merge(local.watch, { database = merge(local.watched_database, { engine = "mysql" }) })
    no_budget = merge(local.watch, { relay = null })
    budget    = merge(local.watch, { database = merge(local.watched_database, { slot_keep_bytes = 1 }) })
  }
}

module "observability" {
  source = "./observability"
  cases  = { for name in ["name", "retention", "nobody", "impatient"] : name => local.watches[name] }
}

module "observability_across" {
  source = "./observability"
  cases  = { for name in ["engine", "no_budget", "budget", "topic"] : name => local.watches[name] }
}
