# The consumer's settings. Their names are those of docs/configuration; a test of the build compares the two.

locals {
  environment = merge(
    {
      QUARKUS_DATASOURCE_JDBC_URL = module.login.jdbc_url

      WALPOST_CONSUMER_NAME = var.consumer
    },
    var.order == null ? {} : { WALPOST_CONSUMER_ORDER = var.order },
    local.logins[var.database.login],
    var.sink_secret == null ? {} : { WALPOST_CONSUMER_LAMBDA_SINK_SECRET = var.sink_secret.arn },
  )

  # The pool asks for a password whenever it opens a connection: Secrets Manager, or the function's own credentials.
  logins = {
    secret = {
      QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER      = var.database.secret_arn
      QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER_NAME = "aws-secret"
      # For a secret that is nothing but a password; otherwise the secret says who.
      QUARKUS_DATASOURCE_USERNAME = var.database.user
    }
    iam = {
      QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER      = var.database.user
      QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER_NAME = "aws-iam"
    }
  }
}
