# One table of alarms, and one resource that makes them. `missing` is what no data means: breaching where silence itself is
# the failure, ignore where a function that has nothing to do says nothing, missing where AWS may simply be late.

locals {
  # A drain says its metrics once an invocation, a continuous relay every minute.
  relay_period = var.relay.mode == "drain" ? var.relay.interval_minutes * 60 : 60

  relay_alarms = {
    "${var.relay.function_name}-slot-lag-bytes" = {
      description = "The slot holds back more than half of its budget, or the relay has not said for three periods how much. See docs/operations.md, The disk."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.SlotLagBytes, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = var.relay.budget_bytes / 2
      period      = local.relay_period, periods = 3, datapoints = 3, missing = "breaching"
    }
    "${var.relay.function_name}-slot-lag-seconds" = {
      description = "Events wait for longer than ${var.relay.lag_seconds} seconds, or the relay has not said for three periods how long. Kafka or the relay is in trouble; its log names the kind."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.SlotLagSeconds, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = var.relay.lag_seconds
      period      = local.relay_period, periods = 3, datapoints = 3, missing = "breaching"
    }
    "${var.relay.function_name}-slot-lost" = {
      description = "PostgreSQL gave up the slot. Events are missing in Kafka until somebody publishes them from the table; see docs/operations.md, After a lost slot."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.WalStatusLost, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
      period      = local.relay_period, periods = 1, datapoints = 1, missing = "ignore"
    }
    "${var.relay.function_name}-drain-failures" = {
      description = "Two of three invocations failed for a reason that needs somebody; the function's log names kind and hint."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.DrainFailures, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
      period      = local.relay_period, periods = 3, datapoints = 2, missing = "notBreaching"
    }
    "${var.relay.function_name}-errors" = {
      description = "Invocations of the relay ended in an error, were cut off by their timeout or out of memory."
      namespace   = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = var.relay.function_name }
      statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
      period      = var.relay.interval_minutes * 60, periods = 3, datapoints = 2, missing = "notBreaching"
    }
    "${var.relay.function_name}-throttles" = {
      description = "The relay is turned away again and again. One that drains a backlog turns its successors away, which passes; otherwise the account's concurrency is used up."
      namespace   = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = var.relay.function_name }
      statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
      period      = 300, periods = 6, datapoints = 6, missing = "notBreaching"
    }
    "${var.relay.function_name}-not-invoked" = {
      description = "Nobody invokes the relay: its schedule is disabled, gone, or not allowed to. Nothing is published, and the slot holds back log."
      namespace   = "AWS/Lambda", metric = "Invocations", dimensions = { FunctionName = var.relay.function_name }
      statistic   = "Sum", comparison = "LessThanThreshold", threshold = 1
      period      = var.relay.interval_minutes * 60, periods = 3, datapoints = 3, missing = "breaching"
    }
  }

  # These need nothing of Walpost. A slot whose relay is gone is seen here, and by nothing else.
  database_alarms = merge(
    {
      "${var.database.identifier}-log-on-disk" = {
        description = local.aurora ? "The log that slots hold back has grown beyond the relay's budget. If there is no relay, drop its slot." : "The log on disk approaches max_slot_wal_keep_size, where PostgreSQL gives up the slot. If there is no relay, drop its slot."
        namespace   = "AWS/RDS", metric = "TransactionLogsDiskUsage", dimensions = local.database_dimensions
        statistic   = "Maximum", comparison = "GreaterThanThreshold"
        threshold   = local.aurora ? var.relay.budget_bytes : var.database.slot_keep_bytes * 0.8
        period      = 300, periods = 3, datapoints = 2, missing = "missing"
      }
    },
    local.aurora ? {} : {
      "${var.database.identifier}-slot-left-behind" = {
        description = "A slot, of whichever reader, lags behind by more than the relay's budget. If its reader is gone, drop it: SELECT pg_drop_replication_slot(…)."
        namespace   = "AWS/RDS", metric = "OldestReplicationSlotLag", dimensions = local.database_dimensions
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = var.relay.budget_bytes
        period      = 300, periods = 3, datapoints = 2, missing = "missing"
      }
      "${var.database.identifier}-free-storage" = {
        description = "The database is short of storage. Look at its slots first."
        namespace   = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database_dimensions
        statistic   = "Minimum", comparison = "LessThanThreshold", threshold = var.database.free_storage_bytes
        period      = 300, periods = 3, datapoints = 2, missing = "missing"
      }
    },
  )

  consumer_alarms = merge([
    for name, consumer in var.consumers : {
      # Kafka has no iterator's age: the lag in records is what Lambda knows, and the time is what the consumer says below.
      "${consumer.function_name}-lag" = {
        description = "The consumer ${name} is more than ${consumer.lag_records} records behind. Its log names what it waits for."
        namespace   = "AWS/Lambda", metric = "OffsetLag", dimensions = { FunctionName = consumer.function_name }
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = consumer.lag_records
        period      = 60, periods = 5, datapoints = 5, missing = "missing"
      }
      "${consumer.function_name}-latency" = {
        description = "From commit to effect one event in a hundred takes the consumer ${name} longer than ${consumer.latency_ms} ms."
        namespace   = "Walpost/Consumer", metric = local.consumer_metrics.EndToEndLatency, dimensions = { (local.consumer_dimension) = name }
        statistic   = "p99", comparison = "GreaterThanThreshold", threshold = consumer.latency_ms
        period      = 60, periods = 5, datapoints = 5, missing = "notBreaching"
      }
      "${consumer.function_name}-dead-letters" = {
        description = "The consumer ${name} put an event among its dead letters. ./walpost dlq list --consumer ${name} shows it with its cause."
        namespace   = "Walpost/Consumer", metric = local.consumer_metrics.DeadLetters, dimensions = { (local.consumer_dimension) = name }
        statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
        period      = 60, periods = 1, datapoints = 1, missing = "notBreaching"
      }
      "${consumer.function_name}-dead-letters-age" = {
        description = "A dead letter of the consumer ${name} has waited for longer than ${consumer.dead_letter_seconds} seconds, and events of its key behind it."
        namespace   = "Walpost/Consumer", metric = local.consumer_metrics.OldestDeadLetterSeconds, dimensions = { (local.consumer_dimension) = name }
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = consumer.dead_letter_seconds
        period      = 300, periods = 1, datapoints = 1, missing = "ignore"
      }
      "${consumer.function_name}-errors" = {
        description = "Invocations of the consumer ${name} ended in an error; their batches come again."
        namespace   = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = consumer.function_name }
        statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
        period      = 60, periods = 5, datapoints = 3, missing = "notBreaching"
      }
      "${consumer.function_name}-throttles" = {
        description = "The consumer ${name} is turned away: its reserved concurrency is below its pollers', or the account's is used up."
        namespace   = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = consumer.function_name }
        statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
        period      = 60, periods = 5, datapoints = 3, missing = "notBreaching"
      }
    }
  ]...)

  # A serverless cluster has no brokers to watch.
  brokers = var.kafka == null ? [] : [for broker in range(1, var.kafka.brokers + 1) : tostring(broker)]
  kafka_alarms = merge(
    length(local.brokers) == 0 ? {} : {
      "${var.kafka.name}-offline-partitions" = {
        description = "Partitions have no leader: nothing can be written to them, and the relay waits."
        namespace   = "AWS/Kafka", metric = "OfflinePartitionsCount", dimensions = { "Cluster Name" = var.kafka.name }
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = 0
        period      = 60, periods = 3, datapoints = 3, missing = "missing"
      }
    },
    {
      for broker in local.brokers : "${var.kafka.name}-${broker}-below-min-isr" => {
        description = "Partitions of broker ${broker} have fewer replicas in sync than min.insync.replicas: acks=all is refused, and the relay waits."
        namespace   = "AWS/Kafka", metric = "UnderMinIsrPartitionCount", dimensions = { "Cluster Name" = var.kafka.name, "Broker ID" = broker }
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = 0
        period      = 60, periods = 3, datapoints = 3, missing = "missing"
      }
    },
    {
      for broker in local.brokers : "${var.kafka.name}-${broker}-disk" => {
        description = "The disk of broker ${broker} is filled to 80 percent: shorten the retention or enlarge the storage."
        namespace   = "AWS/Kafka", metric = "KafkaDataLogsDiskUsed", dimensions = { "Cluster Name" = var.kafka.name, "Broker ID" = broker }
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = 80
        period      = 300, periods = 3, datapoints = 3, missing = "missing"
      }
    },
  )

  alarms = merge(local.relay_alarms, local.database_alarms, local.consumer_alarms, local.kafka_alarms)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name        = each.key
  alarm_description = each.value.description

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = each.value.period
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.datapoints
  treat_missing_data  = each.value.missing

  alarm_actions = var.alarm_actions
  ok_actions    = var.alarm_actions
  tags          = local.tags
}
