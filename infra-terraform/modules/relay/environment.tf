# The relay's settings. Their names are those of docs/configuration; a test of the build compares the two.

locals {
  environment = merge(
    {
      WALPOST_RELAY_POSTGRES_URL   = module.login.jdbc_url
      WALPOST_RELAY_POSTGRES_USER  = var.database.user
      WALPOST_RELAY_POSTGRES_LOGIN = var.database.login

      WALPOST_RELAY_SLOT        = var.slot
      WALPOST_RELAY_PUBLICATION = var.publication
      WALPOST_RELAY_DELIVERY    = var.delivery
      WALPOST_RELAY_WAL_BUDGET  = "${var.wal_budget_gb}G"

      WALPOST_RELAY_TOPIC_TEMPLATE    = "${var.topics.prefix}{aggregatetype}"
      WALPOST_RELAY_DEAD_LETTER_TOPIC = var.topics.dead_letter
      WALPOST_RELAY_PARKED_TOPIC      = var.topics.parked

      WALPOST_RELAY_LAMBDA_MODE            = var.mode
      WALPOST_RELAY_LAMBDA_DEADLINE_MARGIN = "${var.deadline_margin_seconds}s"

      KAFKA_BOOTSTRAP_SERVERS = var.kafka.bootstrap_servers
    },
    var.database.login == "secret" ? { WALPOST_RELAY_POSTGRES_SECRET = var.database.secret_arn } : {},
    var.delivery == "exactly-once" ? { WALPOST_RELAY_PROGRESS_TOPIC = var.topics.progress } : {},
    local.kafka_logins[var.kafka.authentication],
  )

  kafka_logins = {
    iam = {
      KAFKA_SECURITY_PROTOCOL                  = "SASL_SSL"
      KAFKA_SASL_MECHANISM                     = "AWS_MSK_IAM"
      KAFKA_SASL_JAAS_CONFIG                   = "software.amazon.msk.auth.iam.IAMLoginModule required;"
      KAFKA_SASL_CLIENT_CALLBACK_HANDLER_CLASS = "software.amazon.msk.auth.iam.IAMClientCallbackHandler"
    }
    tls = {
      KAFKA_SECURITY_PROTOCOL = "SSL"
    }
  }
}
