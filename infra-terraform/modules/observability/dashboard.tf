data "aws_region" "current" {}

locals {
  region = data.aws_region.current.name

  relay_lines = { for name in ["EventsPublished", "BytesPublished", "SlotLagBytes", "SlotRetainedBytes", "SlotLagSeconds", "Duration", "DrainFailures", "SlotBusy"] :
    name => ["Walpost/Relay", local.relay_metrics[name], local.relay_dimension, local.relay.slot]
  }
  lambda_lines = { for name in ["Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"] :
    name => ["AWS/Lambda", name, "FunctionName", local.relay.function_name]
  }
  database_line = flatten([for name, value in local.database_dimensions : [name, value]])

  # Each widget: its title, its lines, how they are summed up, and horizontal lines at the thresholds.
  relay_widgets = [
    { title = "Relay: events published", lines = [local.relay_lines.EventsPublished], stat = "Sum", marks = [] },
    { title = "Relay: bytes published", lines = [local.relay_lines.BytesPublished], stat = "Sum", marks = [] },
    {
      title = "Relay: log on disk for the slot, and log not confirmed, bytes", stat = "Maximum"
      lines = [local.relay_lines.SlotRetainedBytes, local.relay_lines.SlotLagBytes]
      marks = [
        { label = "alarm", value = local.relay.budget_bytes / 2 },
        { label = "budget", value = local.relay.budget_bytes },
        { label = "given up", value = var.database.slot_keep_bytes },
      ]
    },
    {
      title = "Relay: age of the oldest event that waits, seconds", lines = [local.relay_lines.SlotLagSeconds], stat = "Maximum"
      marks = [{ label = "alarm", value = local.lag_seconds }]
    },
    { title = "Relay: failures and slot busy", lines = [local.relay_lines.DrainFailures, local.relay_lines.SlotBusy], stat = "Sum", marks = [] },
    { title = "Relay: invocations", lines = [local.lambda_lines.Invocations, local.lambda_lines.Errors, local.lambda_lines.Throttles], stat = "Sum", marks = [] },
    { title = "Relay: duration, ms", lines = [local.relay_lines.Duration, local.lambda_lines.Duration], stat = "Maximum", marks = [] },
  ]

  database_widgets = [
    {
      title = "Database: log on disk, bytes", stat = "Maximum"
      lines = concat(
        [concat(["AWS/RDS", "TransactionLogsDiskUsage"], local.database_line)],
        local.aurora ? [] : [concat(["AWS/RDS", "OldestReplicationSlotLag"], local.database_line)],
      )
      marks = [{ label = "given up", value = var.database.slot_keep_bytes }]
    },
    {
      title = "Database: free storage, bytes", stat = "Minimum"
      lines = [concat(["AWS/RDS", local.aurora ? "FreeLocalStorage" : "FreeStorageSpace"], local.database_line)]
      marks = local.aurora ? [] : [{ label = "alarm", value = var.database.free_storage_bytes }]
    },
  ]

  consumer_widgets = flatten([
    for name, consumer in var.consumers : [
      {
        title = "${name}: events"
        lines = [for metric in ["Applied", "Duplicates", "Retries"] : ["Walpost/Consumer", local.consumer_metrics[metric], local.consumer_dimension, name]]
        stat  = "Sum"
        marks = []
      },
      {
        title = "${name}: from commit to effect, p99 in ms"
        lines = [["Walpost/Consumer", local.consumer_metrics.EndToEndLatency, local.consumer_dimension, name]]
        stat  = "p99"
        marks = [{ label = "alarm", value = consumer.latency_ms }]
      },
      {
        title = "${name}: dead letters"
        lines = [for metric in ["DeadLetters", "UnresolvedDeadLetters", "ParkedKeys"] : ["Walpost/Consumer", local.consumer_metrics[metric], local.consumer_dimension, name]]
        stat  = "Maximum"
        marks = []
      },
      {
        title = "${name}: oldest dead letter, seconds"
        lines = [["Walpost/Consumer", local.consumer_metrics.OldestDeadLetterSeconds, local.consumer_dimension, name]]
        stat  = "Maximum"
        marks = []
      },
      {
        title = "${name}: lag, records"
        lines = [concat(
          [local.alarms["${consumer.function_name}-lag"].namespace, local.alarms["${consumer.function_name}-lag"].metric],
          flatten([for dimension, value in local.alarms["${consumer.function_name}-lag"].dimensions : [dimension, value]]),
        )]
        stat  = "Maximum"
        marks = [{ label = "alarm", value = consumer.lag_records }]
      },
      [for alarm in [for alarm, watched in local.alarms : watched if alarm == "${consumer.function_name}-lag-seconds"] : {
        title = "${name}: lag, seconds by estimate"
        lines = [concat([alarm.namespace, alarm.metric], flatten([for dimension, value in alarm.dimensions : [dimension, value]]))]
        stat  = "Maximum"
        marks = [{ label = "alarm", value = consumer.lag_seconds }]
      }],
      {
        title = "${name}: invocations"
        lines = [for metric in ["Invocations", "Errors", "Throttles"] : ["AWS/Lambda", metric, "FunctionName", consumer.function_name]]
        stat  = "Sum"
        marks = []
      },
    ]
  ])

  kafka_widgets = length(local.brokers) == 0 ? [] : [
    {
      title = "Kafka: partitions without leader, or below min.insync.replicas"
      lines = concat(
        [["AWS/Kafka", "OfflinePartitionsCount", "Cluster Name", var.kafka.name]],
        [for broker in local.brokers : ["AWS/Kafka", "UnderMinIsrPartitionCount", "Cluster Name", var.kafka.name, "Broker ID", broker]],
      )
      stat  = "Maximum"
      marks = []
    },
    {
      title = "Kafka: disk, percent"
      lines = [for broker in local.brokers : ["AWS/Kafka", "KafkaDataLogsDiskUsed", "Cluster Name", var.kafka.name, "Broker ID", broker]]
      stat  = "Maximum"
      marks = [{ label = "alarm", value = 80 }]
    },
  ]

  widgets = concat([for widget in local.relay_widgets : widget if var.relay != null], local.database_widgets, local.consumer_widgets, local.kafka_widgets)

  dashboard = {
    widgets = [
      for index, widget in local.widgets : {
        type   = "metric"
        x      = index % 3 * 8
        y      = floor(index / 3) * 6
        width  = 8
        height = 6
        properties = {
          title       = widget.title
          region      = local.region
          view        = "timeSeries"
          stat        = widget.stat
          period      = 60
          metrics     = widget.lines
          annotations = { horizontal = widget.marks }
          yAxis       = { left = { min = 0 } }
        }
      }
    ]
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard ? 1 : 0

  dashboard_name = var.name
  dashboard_body = jsonencode(local.dashboard)
}
