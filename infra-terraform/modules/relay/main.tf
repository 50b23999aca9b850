locals {
  tags = merge(var.tags, { "walpost:module" = "relay", "walpost:slot" = var.slot })

  continuous       = var.mode == "continuous"
  interval_minutes = coalesce(var.interval_minutes, local.continuous ? 13 : 1)
}

module "login" {
  source = "../login"

  database = var.database
}

module "function" {
  source = "../function"

  name            = var.name
  description     = "Walpost's relay of the slot ${var.slot}, ${var.mode}"
  artifact        = var.artifact
  architecture    = var.architecture
  memory_mb       = var.memory_mb
  timeout_seconds = var.timeout_seconds
  # A drain needs no company. In continuous mode the successor waits beside its predecessor, and nobody else does.
  reserved_concurrency = local.continuous ? 2 : 1

  environment = merge(var.environment, local.environment)
  layers      = var.layers
  log_group   = var.log_group

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  egress     = merge(local.egress, module.login.egress, local.secrets_egress)

  secrets  = module.login.secrets
  policies = merge(local.policies, module.login.policies)

  tags = local.tags
}
