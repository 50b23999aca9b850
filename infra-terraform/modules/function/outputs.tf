output "function_name" {
  description = "The function's name. It is known before the function is there."
  value       = var.name
}

output "function_arn" {
  description = "The function's ARN, without a version."
  value       = aws_lambda_function.this.arn
}

output "alias_arn" {
  description = "The ARN of the alias live, by which the function is invoked."
  value       = aws_lambda_alias.live.arn
}

output "version" {
  description = "The version that the alias points to."
  value       = aws_lambda_function.this.version
}

output "role_name" {
  description = "The name of the function's role."
  value       = aws_iam_role.this.name
}

output "role_arn" {
  description = "The ARN of the function's role."
  value       = aws_iam_role.this.arn
}

output "security_group_id" {
  description = "The function's security group, which database and Kafka have to admit."
  value       = aws_security_group.this.id
}

output "reserved_concurrency" {
  description = "How many invocations may run at once."
  value       = aws_lambda_function.this.reserved_concurrent_executions
}

output "environment" {
  description = "The function's settings."
  value       = var.environment
}

output "policies" {
  description = "The role's policies by name, for review."
  value = merge(
    { trust = data.aws_iam_policy_document.trust.json, base = data.aws_iam_policy_document.base.json },
    var.policies,
  )
}
