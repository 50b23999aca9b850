locals {
  function = {
    name         = "shop-relay"
    artifact     = local.zip
    architecture = "arm64"
    memory_mb    = 1024
    environment  = {}
    subnet_ids   = local.subnets
    secrets      = {}
    egress       = {}
  }
  twice = { port = 443, security_group_id = "sg-1" }
  functions = {
    name         = merge(local.function, { name = "-" })
    artifact     = merge(local.function, { artifact = "no-such.zip" })
    architecture = merge(local.function, { architecture = "sparc" })
    memory       = merge(local.function, { memory_mb = 128 })
    password     = merge(local.function, { environment = { WALPOST_RELAY_POSTGRES_PASSWORD = "x" } })
    address      = merge(local.function, { environment = { QUARKUS_REDIS_HOSTS = "redis://:x@cache.example.internal:6379" } })
    private_key  = merge(local.function, { environment = { KAFKA_SSL_KEYSTORE_PEM = "-----BEGIN PRIVATE KEY-----" } })
    jaas         = merge(local.function, { environment = { KAFKA_SASL_JAAS_CONFIG = "OAuthBearerLoginModule required clientSecret=\"x\";" } })
    subnets      = merge(local.function, { subnet_ids = ["subnet-1"] })
    egress       = merge(local.function, { egress = { opensearch = local.twice, secrets = merge(local.twice, { to_port = 443 }) } })
    secrets      = merge(local.function, { secrets = { all = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:*" } } })
  }
}

module "function" {
  source   = "../../modules/function"
  for_each = local.functions

  name            = each.value.name
  description     = "A function"
  artifact        = each.value.artifact
  architecture    = each.value.architecture
  memory_mb       = each.value.memory_mb
  timeout_seconds = 60
  environment     = each.value.environment
  log_group       = local.log_group
  vpc_id          = "vpc-1"
  subnet_ids      = each.value.subnet_ids
  egress          = each.value.egress
  secrets         = each.value.secrets
  tags            = {}
}
