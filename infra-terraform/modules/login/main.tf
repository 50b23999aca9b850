# How a function logs in to its database: the same for the relay and the consumers.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  parameters = join("&", [
    for name, value in {
      sslmode     = var.database.sslmode
      sslrootcert = var.database.root_certificate
    } : "${name}=${value}" if value != null
  ])
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
