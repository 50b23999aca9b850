output "function_name" {
  description = "The function's name."
  value       = module.function.function_name
}

output "alias_arn" {
  description = "The ARN by which the function is invoked."
  value       = module.function.alias_arn
}

output "role_arn" {
  description = "The ARN of the function's role."
  value       = module.function.role_arn
}

output "security_group_id" {
  description = "The function's security group, which its database has to admit."
  value       = module.function.security_group_id
}

output "consumer" {
  description = "The consumer's name."
  value       = var.consumer
}

output "topic" {
  description = "The topic of the events."
  value       = var.topic
}

output "consumer_group" {
  description = "The group in Kafka."
  value       = local.group
}

output "mapping_id" {
  description = "The id of the event source mapping."
  value       = aws_lambda_event_source_mapping.this.uuid
}

output "environment" {
  description = "The function's settings."
  value       = module.function.environment
}

output "policies" {
  description = "The role's policies by name, for review."
  value       = module.function.policies
}
