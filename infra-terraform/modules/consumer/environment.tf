# The consumer's settings. Their names are those of docs/configuration; a test of the build compares the two.

locals {
  jdbc_parameters = join("&", [
    for name, value in {
      sslmode     = var.database.sslmode
      sslrootcert = var.database.root_certificate
    } : "${name}=${value}" if value != null
  ])

  environment = merge(
    {
      QUARKUS_DATASOURCE_JDBC_URL = "jdbc:postgresql://${var.database.host}:${var.database.port}/${var.database.name}?${local.jdbc_parameters}"
      QUARKUS_DATASOURCE_USERNAME = var.database.user

      WALPOST_CONSUMER_NAME  = var.consumer
      WALPOST_CONSUMER_ORDER = var.order
    },
  )
}
