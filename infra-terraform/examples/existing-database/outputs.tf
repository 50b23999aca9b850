output "parameter_group" {
  description = "The parameter group to attach to the database, which then takes a restart if logical replication was off."
  value       = module.database.parameter_group
}

output "setup" {
  description = "What prepares the database for the relay, once."
  value       = one(module.relay[*].setup)
}

output "teardown" {
  description = "How to take the relay down so that no slot is left behind."
  value       = one(module.relay[*].teardown)
}

output "alarms" {
  description = "The alarms, with what they watch."
  value       = module.observability.alarms
}

output "policies" {
  description = "All policies, for review."
  value       = one(module.relay[*].policies)
}
