# Only the relay, beside a database and a Kafka that are there. By default it drains once a minute; it logs in to PostgreSQL
# with a secret and to Kafka by IAM. The alarms come with it, and those on the database stay when it goes: a slot that nobody
# watches is how a database runs out of disk.

provider "aws" {
  region = var.region
}

locals {
  tags     = merge(var.tags, { project = var.name })
  function = "${var.name}-relay"

  # Well below max_slot_wal_keep_size.
  wal_budget_gb = min(10, floor(var.database.storage_gb / 10))
}

# The parameter group to attach to the database.
module "database" {
  source = "../../modules/database"

  name             = var.name
  engine           = var.database.engine
  engine_version   = var.database.engine_version
  database_name    = var.database.name
  slot_wal_keep_gb = min(50, floor(var.database.storage_gb / 2))
  existing = {
    identifier        = var.database.identifier
    host              = var.database.host
    resource_id       = var.database.resource_id
    security_group_id = var.database.security_group_id
    storage_gb        = var.database.storage_gb
  }
  clients = { for relay in module.relay : "relay" => relay.security_group_id }

  tags = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "kafka" {
  count = var.relay_present ? 1 : 0

  security_group_id            = var.kafka.security_group_id
  description                  = "relay"
  ip_protocol                  = "tcp"
  from_port                    = 9098
  to_port                      = 9098
  referenced_security_group_id = module.relay[0].security_group_id
  tags                         = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "secrets" {
  count = var.relay_present && var.secrets_endpoint.security_group_id != null ? 1 : 0

  security_group_id            = var.secrets_endpoint.security_group_id
  description                  = "relay"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = module.relay[0].security_group_id
  tags                         = local.tags
}

module "relay" {
  source = "../../modules/relay"
  count  = var.relay_present ? 1 : 0

  name     = local.function
  artifact = abspath("${path.module}/${var.artifact}")
  mode     = var.relay_mode
  enabled  = var.relay_enabled

  database = {
    host              = module.database.host
    name              = module.database.name
    user              = "relay"
    login             = "secret"
    secret_arn        = var.database.relay_secret_arn
    root_certificate  = "/opt/rds.pem"
    security_group_id = module.database.security_group_id
  }
  secrets_endpoint = var.secrets_endpoint
  kafka = {
    cluster_arn       = var.kafka.cluster_arn
    bootstrap_servers = var.kafka.bootstrap_servers
    security_group_id = var.kafka.security_group_id
  }
  wal_budget_gb = local.wal_budget_gb

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  layers     = [var.certificates_layer_arn]
  log_group  = module.observability.log_groups.relay

  tags = local.tags
}

module "observability" {
  source = "../../modules/observability"

  name          = var.name
  alarm_actions = [var.alarm_topic_arn]
  log_groups    = { relay = "/aws/lambda/${local.function}" }

  relay = one([for relay in module.relay : {
    function_name    = local.function
    slot             = relay.slot
    mode             = relay.mode
    interval_minutes = relay.interval_minutes
    timeout_seconds  = relay.timeout_seconds
    budget_bytes     = relay.wal_budget_bytes
  }])
  database = {
    identifier      = module.database.identifier
    engine          = module.database.engine
    slot_keep_bytes = module.database.slot_wal_keep_bytes
    budget_bytes    = local.wal_budget_gb * 1024 * 1024 * 1024
  }

  tags = local.tags
}
