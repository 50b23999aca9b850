locals {
  msk = {
    cluster_arn        = local.kafka.cluster_arn
    subnet_ids         = local.subnets
    security_group_ids = ["sg-2"]
  }
  own_kafka = {
    bootstrap_servers  = "kafka.example.internal:9093"
    subnet_ids         = local.subnets
    security_group_ids = ["sg-2"]
    login              = "none"
  }
  billing = {
    consumer                = "billing"
    timeout_seconds         = null
    order                   = null
    database                = local.database
    egress                  = null
    sink_secret             = null
    msk                     = local.msk
    kafka                   = null
    starting_position       = null
    batch_size              = null
    batching_window_seconds = null
    pollers                 = null
    filters                 = null
    give_up                 = null
  }
  bucket = "arn:aws:s3:::shop-given-up"
  consumers = {
    name           = merge(local.billing, { consumer = "Billing" })
    timeout        = merge(local.billing, { timeout_seconds = 900 })
    order          = merge(local.billing, { order = "any" })
    nowhere        = merge(local.billing, { egress = { redis = { port = 6379 } } })
    no_endpoint    = merge(local.billing, { database = merge(local.database, { login = "secret", secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:billing-AbCdEf" }) })
    sink_endpoint  = merge(local.billing, { sink_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-AbCdEf" } })
    cluster        = merge(local.billing, { msk = merge(local.msk, { cluster_arn = "shop" }) })
    no_source      = merge(local.billing, { msk = null })
    kafka_login    = merge(local.billing, { msk = null, kafka = merge(local.own_kafka, { login = "kerberos", secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-AbCdEf" }) })
    kafka_secret   = merge(local.billing, { msk = null, kafka = merge(local.own_kafka, { login = "scram-512" }) })
    position       = merge(local.billing, { starting_position = "YESTERDAY" })
    batch          = merge(local.billing, { batch_size = 0 })
    window         = merge(local.billing, { batching_window_seconds = 301 })
    pollers        = merge(local.billing, { pollers = { minimum = 0 } })
    filters        = merge(local.billing, { filters = ["{"] })
    retries        = merge(local.billing, { give_up = { retry_attempts = 10001, on_failure_arn = local.bucket } })
    age            = merge(local.billing, { give_up = { record_age_seconds = 1, on_failure_arn = local.bucket } })
    no_limit       = merge(local.billing, { give_up = { retry_attempts = -1, record_age_seconds = 86400, on_failure_arn = local.bucket } })
    no_destination = merge(local.billing, { give_up = { retry_attempts = 10, on_failure_arn = "kafka://given-up" } })
  }
}

module "consumer" {
  source = "./consumer"
  cases  = { for name in ["name", "timeout", "order", "cluster", "position", "batch", "window", "pollers", "filters", "retries", "age", "no_limit", "no_destination"] : name => local.consumers[name] }
  common = { log_group = local.log_group, subnets = local.subnets, zip = local.zip }
}

module "consumer_across" {
  source = "./consumer"
  cases  = { for name in ["nowhere", "no_endpoint", "sink_endpoint", "no_source", "kafka_login", "kafka_secret"] : name => local.consumers[name] }
  common = { log_group = local.log_group, subnets = local.subnets, zip = local.zip }
}
