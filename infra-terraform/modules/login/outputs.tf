output "jdbc_url" {
  description = "The URL for the function, with TLS."
  value       = local.jdbc_urls.function
}

output "operator_jdbc_url" {
  description = "The URL for a person's machine: the certificates of Amazon RDS are rds.pem in the current folder."
  value       = local.jdbc_urls.operator
}

output "egress" {
  description = "Where the function has to connect to."
  value = {
    database = { port = var.database.port, security_group_id = var.database.security_group_id }
  }
}

output "secrets" {
  description = "The secret that the function has to read, if the login is one."
  value = var.database.login == "secret" ? {
    database = { arn = var.database.secret_arn, kms_key_arn = var.database.secret_kms_key_arn }
  } : {}
}

output "policies" {
  description = "What the function has to be allowed, if the login is by IAM."
  value       = var.database.login == "iam" ? { database = data.aws_iam_policy_document.iam[0].json } : {}
}
