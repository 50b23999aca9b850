# How a function logs in to its database: the same for the relay and the consumers.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  # The function has the certificates in a layer; whoever prepares the database has them in the folder where he is.
  certificates = {
    function = var.database.root_certificate
    operator = var.database.root_certificate == null ? null : "rds.pem"
  }
  jdbc_urls = {
    for reader, certificates in local.certificates : reader => join("", [
      "jdbc:postgresql://${var.database.host}:${var.database.port}/${var.database.name}?sslmode=${var.database.sslmode}",
      certificates == null ? "" : "&sslrootcert=${certificates}",
    ])
  }
}

data "aws_iam_policy_document" "iam" {
  count = var.database.login == "iam" ? 1 : 0

  statement {
    sid     = "Login"
    actions = ["rds-db:connect"]
    resources = [join(":", [
      "arn", data.aws_partition.current.partition, "rds-db", data.aws_region.current.name,
      data.aws_caller_identity.current.account_id, "dbuser", "${var.database.resource_id}/${var.database.user}",
    ])]
  }
}
