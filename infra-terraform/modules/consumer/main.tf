locals {
  tags = merge(var.tags, { "walpost:module" = "consumer", "walpost:consumer" = var.consumer })

  group = coalesce(var.consumer_group, var.consumer)

  sink_secret = var.sink_secret == null ? {} : { sink = var.sink_secret }
  kafka_secret = try(var.kafka.secret_arn, null) == null ? {} : {
    kafka = { arn = var.kafka.secret_arn, kms_key_arn = var.kafka.secret_kms_key_arn }
  }
  kafka_root = try(var.kafka.root_certificate_secret, null) == null ? {} : {
    kafka_root = { arn = var.kafka.root_certificate_secret, kms_key_arn = null }
  }
}

module "login" {
  source = "../login"

  database = var.database
}

module "function" {
  source = "../function"

  name                 = var.name
  description          = "Walpost's consumer ${var.consumer}"
  artifact             = var.artifact
  architecture         = var.architecture
  memory_mb            = var.memory_mb
  timeout_seconds      = var.timeout_seconds
  reserved_concurrency = var.reserved_concurrency

  environment = merge(var.environment, local.environment)
  layers      = var.layers
  log_group   = var.log_group

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  egress     = merge(var.egress, module.login.egress)
  # The pollers work with the function's role, where the cluster is.
  poller_network = {
    subnet_ids         = var.msk != null ? var.msk.subnet_ids : var.kafka.subnet_ids
    security_group_ids = var.msk != null ? var.msk.security_group_ids : var.kafka.security_group_ids
  }

  secrets  = merge(local.sink_secret, module.login.secrets, local.kafka_secret, local.kafka_root)
  policies = merge(local.policies, module.login.policies)

  tags = local.tags
}
