locals {
  # null is the variable's default.
  relay = {
    mode                    = null
    interval_minutes        = null
    timeout_seconds         = null
    deadline_margin_seconds = null
    slot                    = null
    delivery                = null
    wal_budget_gb           = null
    topics                  = null
    database                = local.database
    kafka                   = local.kafka
    secrets_endpoint        = null
  }
  relays = {
    mode             = merge(local.relay, { mode = "sometimes" })
    interval         = merge(local.relay, { interval_minutes = 0 })
    timeout          = merge(local.relay, { timeout_seconds = 901 })
    margin           = merge(local.relay, { deadline_margin_seconds = 1 })
    gap              = merge(local.relay, { mode = "continuous", interval_minutes = 14 })
    crowd            = merge(local.relay, { mode = "continuous", interval_minutes = 5 })
    slot             = merge(local.relay, { slot = "Walpost" })
    delivery         = merge(local.relay, { delivery = "at-most-once" })
    budget           = merge(local.relay, { wal_budget_gb = 0.5 })
    topics           = merge(local.relay, { topics = { prefix = "" } })
    authentication   = merge(local.relay, { kafka = merge(local.kafka, { authentication = "none" }) })
    cluster          = merge(local.relay, { kafka = merge(local.kafka, { cluster_arn = "arn:aws:kafka:eu-central-1:123456789012:cluster/*" }) })
    nowhere          = merge(local.relay, { kafka = merge(local.kafka, { security_group_id = null }) })
    everywhere       = merge(local.relay, { kafka = merge(local.kafka, { security_group_id = null, cidr_block = "0.0.0.0/0" }) })
    clients          = merge(local.relay, { secrets_endpoint = { security_group_id = "sg-1", clients = { rotation = "sg-2" } } })
    secrets_endpoint = merge(local.relay, { database = merge(local.database, { login = "secret", secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:relay-AbCdEf" }) })
  }
}

module "relay" {
  source = "./relay"
  cases  = { for name in ["mode", "interval", "slot", "delivery", "budget", "topics", "authentication", "cluster", "nowhere", "everywhere"] : name => local.relays[name] }
  common = { log_group = local.log_group, subnets = local.subnets, zip = local.zip }
}

module "relay_across" {
  source = "./relay"
  cases  = { for name in ["timeout", "crowd", "secrets_endpoint", "clients"] : name => local.relays[name] }
  common = { log_group = local.log_group, subnets = local.subnets, zip = local.zip }
}

module "relay_across_more" {
  source = "./relay"
  cases  = { for name in ["margin", "gap"] : name => local.relays[name] }
  common = { log_group = local.log_group, subnets = local.subnets, zip = local.zip }
}
