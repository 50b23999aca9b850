# Everything for the order service of sample-app: database, Kafka, relay, three consumers, alarms. All logins are by IAM,
# so there is no secret but the administrator's, which RDS keeps.

provider "aws" {
  region = var.region
}

locals {
  tags = merge(var.tags, { project = var.name })

  topic = "outbox.event.order"
  users = { relay = "relay", billing = "billing", search = "search", cache-invalidation = "cache" }

  # The functions' names, from which the names of their log groups and alarms come before they are there.
  functions = { for part in concat(["relay"], keys(local.consumers)) : part => "${var.name}-${part}" }

  # What each consumer has beside its database.
  consumers = merge(
    {
      billing = { environment = {}, egress = {}, secret = null }
    },
    var.search == null ? {} : {
      search = {
        environment = { WALPOST_SEARCH_URL = var.search.url }
        egress      = { opensearch = { port = 443, security_group_id = var.search.security_group_id } }
        secret      = var.search.secret
      }
    },
    var.cache == null ? {} : {
      cache-invalidation = {
        environment = { QUARKUS_REDIS_HOSTS = var.cache.url }
        egress      = { redis = { port = var.cache.port, security_group_id = var.cache.security_group_id } }
        secret      = var.cache.secret
      }
    },
  )

  # Where each consumer connects to. A sink in the security group of the endpoint is reached by the same rule; AWS takes no
  # second one.
  secrets = { for consumer, parts in local.consumers : consumer => parts.secret == null ? {} : {
    secrets = { port = 443, security_group_id = parts.secret.endpoint_security_group_id }
  } }
  egress = { for consumer, parts in local.consumers : consumer => merge(
    { for name, to in parts.egress : name => to if !contains(values(local.secrets[consumer]), to) },
    local.secrets[consumer],
  ) }

  database = {
    host              = module.database.host
    port              = module.database.port
    name              = module.database.name
    login             = "iam"
    resource_id       = module.database.resource_id
    root_certificate  = "/opt/rds.pem"
    security_group_id = module.database.security_group_id
  }
}

module "observability" {
  source = "../../modules/observability"

  name          = var.name
  alarm_actions = [var.alarm_topic_arn]
  log_groups = merge(
    { for part, function in local.functions : part => "/aws/lambda/${function}" },
    { kafka = "/walpost/${var.name}/kafka" },
  )

  relay = {
    function_name    = local.functions.relay
    slot             = module.relay.slot
    mode             = module.relay.mode
    interval_minutes = module.relay.interval_minutes
    timeout_seconds  = module.relay.timeout_seconds
    budget_bytes     = module.relay.wal_budget_bytes
  }
  database = {
    identifier      = module.database.identifier
    engine          = module.database.engine
    slot_keep_bytes = module.database.slot_wal_keep_bytes
  }
  consumers = { for consumer in keys(local.consumers) : consumer => { function_name = local.functions[consumer], topic = local.topic } }
  kafka     = { name = module.kafka.name, brokers = module.kafka.brokers }

  tags = local.tags
}

module "database" {
  source = "../../modules/database"

  name          = var.name
  database_name = "orders"
  vpc_id        = var.vpc_id
  subnet_ids    = var.subnet_ids
  clients = merge(
    { application = var.application_security_group_id, relay = module.relay.security_group_id },
    { for name in keys(local.consumers) : name => module.consumer[name].security_group_id },
  )

  tags = local.tags
}

module "kafka" {
  source = "../../modules/kafka"

  name       = var.name
  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  topics     = { (local.topic) = 12 }
  clients    = { relay = module.relay.security_group_id }
  log_group  = module.observability.log_groups.kafka

  # None, unless the relay is given delivery = "exactly-once".
  progress_topic = module.relay.progress_topic

  tags = local.tags
}

module "relay" {
  source = "../../modules/relay"

  name     = local.functions.relay
  artifact = abspath("${path.module}/${var.artifacts.relay}")
  mode     = var.relay_mode
  enabled  = var.relay_enabled

  database = merge(local.database, { user = local.users.relay })
  kafka = {
    bootstrap_servers = module.kafka.bootstrap_servers
    cluster_arn       = module.kafka.cluster_arn
    security_group_id = module.kafka.security_group_id
  }

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  layers     = [var.certificates_layer_arn]
  log_group  = module.observability.log_groups.relay

  tags = local.tags
}

module "consumer" {
  source   = "../../modules/consumer"
  for_each = local.consumers

  name     = local.functions[each.key]
  consumer = each.key
  artifact = abspath("${path.module}/${var.artifacts[each.key]}")

  topic = local.topic
  msk = {
    cluster_arn        = module.kafka.cluster_arn
    subnet_ids         = module.kafka.subnet_ids
    security_group_ids = [module.kafka.security_group_id]
  }
  database    = merge(local.database, { user = local.users[each.key] })
  environment = each.value.environment
  egress      = local.egress[each.key]
  sink_secret = each.value.secret

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  layers     = [var.certificates_layer_arn]
  log_group  = module.observability.log_groups[each.key]

  tags = local.tags
}

# OpenSearch, Redis and the endpoint of Secrets Manager are there already, and let in whom they are told to.
resource "aws_vpc_security_group_ingress_rule" "sinks" {
  for_each = merge([
    for consumer, targets in local.egress : { for name, to in targets : "${consumer}-${name}" => merge(to, { consumer = consumer }) }
  ]...)

  security_group_id            = each.value.security_group_id
  description                  = local.functions[each.value.consumer]
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = module.consumer[each.value.consumer].security_group_id
  tags                         = local.tags
}
