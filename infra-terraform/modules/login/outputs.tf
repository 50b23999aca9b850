output "jdbc_url" {
  description = "The URL, with TLS."
  value       = "jdbc:postgresql://${var.database.host}:${var.database.port}/${var.database.name}?${local.parameters}"
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
