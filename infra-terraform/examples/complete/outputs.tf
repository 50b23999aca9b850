output "setup" {
  description = "What prepares the database for the relay, once."
  value       = module.relay.setup
}

output "admin_secret_arn" {
  description = "The secret with the administrator's login, for the setup."
  value       = module.database.admin_secret_arn
}

output "topic_commands" {
  description = "What makes the topics, once."
  value       = module.kafka.topic_commands
}

output "client_properties" {
  description = "client.properties for those commands."
  value       = module.kafka.client_properties
}

output "bootstrap_servers" {
  description = "The brokers, as BOOTSTRAP for those commands."
  value       = module.kafka.bootstrap_servers
}

output "teardown" {
  description = "How to take everything down so that no slot fills the disk meanwhile."
  value       = module.relay.teardown
}

output "alarms" {
  description = "The alarms, with what they watch."
  value       = module.observability.alarms
}

output "policies" {
  description = "All policies, for review."
  value = merge(
    { for name, policy in module.relay.policies : "relay-${name}" => policy },
    merge([for consumer, outputs in module.consumer : { for name, policy in outputs.policies : "${consumer}-${name}" => policy }]...),
  )
}
