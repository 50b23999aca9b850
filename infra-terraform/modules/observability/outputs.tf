data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

output "log_groups" {
  description = "The log groups by what they are for, as relay and consumer take them."
  value = {
    for purpose, name in var.log_groups : purpose => {
      name = aws_cloudwatch_log_group.this[purpose].name
      # By name, so that roles can be planned before the groups are there.
      arn = "arn:${data.aws_partition.current.partition}:logs:${local.region}:${data.aws_caller_identity.current.account_id}:log-group:${name}"
    }
  }
}

output "alarms" {
  description = "All alarms by name, with what they watch and what no data means to them."
  value = {
    for name, alarm in local.alarms : name => {
      namespace = alarm.namespace
      metric    = alarm.metric
      missing   = alarm.missing
    }
  }
}

output "dashboard_metrics" {
  description = "What the dashboard shows: each a namespace and a metric."
  value       = distinct([for line in flatten([for widget in local.widgets : [for line in widget.lines : "${line[0]}:${line[1]}"]]) : line])
}

output "walpost_metrics" {
  description = "The metrics that the functions write, by namespace."
  value       = { for namespace, written in local.walpost : namespace => written.metrics }
}
