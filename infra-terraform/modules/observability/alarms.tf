# One table of alarms, and one resource that makes them. `missing` is what no data means: breaching where silence itself is
# the failure, ignore where a function that has nothing to do says nothing, missing where AWS may simply be late.

locals {
  # Nobody reads what stands in for a relay that is not there: its alarms and widgets are left out.
  relay = var.relay != null ? var.relay : {
    function_name = "", slot = "", mode = "drain", interval_minutes = 1, timeout_seconds = 60, budget_bytes = 0, lag_seconds = 0
  }

  drains = local.relay.mode == "drain"

  # How many minutes the alarms look at. A schedule may be a minute late, metrics are written at the end of an invocation or
  # of its first minute, and CloudWatch has them some minutes later: that is the slack.
  slack   = 5
  longest = ceil(local.relay.timeout_seconds / 60)
  minutes = {
    # Whoever has the slot writes every minute; an invocation that waits for another relay's slot, when it ends.
    silence = local.relay.interval_minutes + local.slack
    # From one beginning to the next. A drain that takes its time turns its successors away.
    beginnings = (local.drains ? local.longest : 0) + local.relay.interval_minutes + local.slack
    # From a failure to the next, if the first comes at once and the second at its deadline.
    failures = local.longest + local.relay.interval_minutes + local.slack
  }
  # How often there is something to look at.
  relay_period = (local.drains ? local.relay.interval_minutes : 1) * 60

  # An event may wait for as long as a drain takes, and for the next one.
  lag_seconds = coalesce(local.relay.lag_seconds, local.drains ? local.relay.timeout_seconds + 120 * local.relay.interval_minutes : 300)

  relay_alarms = merge({
    "${local.relay.function_name}-slot-retained-bytes" = {
      description = "The slot holds back more than half of its budget on the database's disk. See docs/operations.md, The disk."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.SlotRetainedBytes, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = local.relay.budget_bytes / 2
      period      = local.relay_period, periods = 5, datapoints = 3, missing = "ignore"
    }
    # Missing while another relay, such as one that was started on purpose, has the slot: then it is that one's affair.
    "${local.relay.function_name}-slot-lag-seconds" = {
      description = "Events wait for longer than ${local.lag_seconds} seconds: there is a backlog, or Kafka or the relay is in trouble; the function's log names the kind."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.SlotLagSeconds, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = local.lag_seconds
      period      = local.relay_period, periods = 5, datapoints = 3, missing = "notBreaching"
    }
    "${local.relay.function_name}-silent" = {
      description = "For ${local.minutes.silence} minutes the relay has not said how much its slot holds back: it is not invoked, fails, or does not reach the database."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.SlotRetainedBytes, dimensions = local.relay_dimensions
      statistic   = "SampleCount", comparison = "LessThanThreshold", threshold = 1
      period      = 60, periods = local.minutes.silence, datapoints = local.minutes.silence, missing = "breaching"
    }
    "${local.relay.function_name}-slot-lost" = {
      description = "PostgreSQL gave up the slot. Events are missing in Kafka until somebody publishes them from the table; see docs/operations.md, After a lost slot."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.WalStatusLost, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
      period      = 60, periods = 1, datapoints = 1, missing = "ignore"
    }
    "${local.relay.function_name}-drain-failures" = {
      description = "Two invocations within ${local.minutes.failures} minutes failed for a reason that needs somebody; the function's log names kind and hint."
      namespace   = "Walpost/Relay", metric = local.relay_metrics.DrainFailures, dimensions = local.relay_dimensions
      statistic   = "Maximum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
      period      = 60, periods = local.minutes.failures, datapoints = 2, missing = "notBreaching"
    }
    "${local.relay.function_name}-errors" = {
      description = "Two invocations of the relay within ${local.minutes.failures} minutes ended in an error, were cut off by their timeout or out of memory."
      namespace   = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = local.relay.function_name }
      statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
      period      = 60, periods = local.minutes.failures, datapoints = 2, missing = "notBreaching"
    }
    # An invocation that is turned away is none.
    "${local.relay.function_name}-not-invoked" = {
      description = "Nobody has invoked the relay for ${local.minutes.beginnings} minutes: its schedule is disabled, gone, or not allowed to. Nothing is published, and the slot holds back log."
      namespace   = "AWS/Lambda", metric = "Invocations", dimensions = { FunctionName = local.relay.function_name }
      statistic   = "Sum", comparison = "LessThanThreshold", threshold = 1
      period      = 60, periods = local.minutes.beginnings, datapoints = local.minutes.beginnings, missing = "breaching"
    }
    },
    # A drain that takes its time turns its successors away, for as long as a backlog lasts; that is how it is meant.
    local.drains ? {} : {
      "${local.relay.function_name}-throttles" = {
        description = "The relay is turned away again and again, though two invocations may run at once: somebody else invokes it too."
        namespace   = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = local.relay.function_name }
        statistic   = "Sum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
        period      = 300, periods = 6, datapoints = 6, missing = "notBreaching"
      }
    },
  )

  # These need nothing of Walpost. A slot whose relay is gone is seen here, and by nothing else.
  budget_bytes = coalesce(var.database.budget_bytes, local.relay.budget_bytes)
  database_alarms = merge(
    {
      "${var.database.identifier}-log-on-disk" = {
        description = local.aurora ? "The log that slots hold back has grown beyond the budget. If there is no relay, drop its slot." : "The log on disk approaches max_slot_wal_keep_size, where PostgreSQL gives up the slot. If there is no relay, drop its slot."
        namespace   = "AWS/RDS", metric = "TransactionLogsDiskUsage", dimensions = local.database_dimensions
        statistic   = "Maximum", comparison = "GreaterThanThreshold"
        threshold   = local.aurora ? local.budget_bytes : var.database.slot_keep_bytes * 0.8
        period      = 300, periods = 3, datapoints = 2, missing = "missing"
      }
    },
    local.aurora ? {} : {
      "${var.database.identifier}-slot-left-behind" = {
        description = "A slot, of whichever reader, lags behind by more than the budget. If its reader is gone, drop it: SELECT pg_drop_replication_slot(…)."
        namespace   = "AWS/RDS", metric = "OldestReplicationSlotLag", dimensions = local.database_dimensions
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = local.budget_bytes
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

  # Kafka has no iterator's age. Amazon MSK itself knows how far a group is behind, also when nobody polls for it any more,
  # and estimates the time; of a Kafka that is watched elsewhere only the pollers know, and they fall silent with the mapping.
  lag_dimensions = {
    for name, consumer in var.consumers : name => {
      "Cluster Name" = var.kafka.name, "Consumer Group" = coalesce(consumer.group, name), Topic = consumer.topic
    } if var.kafka != null
  }

  consumer_alarms = merge(concat(
    [
      for name, consumer in var.consumers : {
        "${consumer.function_name}-lag" = {
          description = "The consumer ${name} is more than ${consumer.lag_records} records behind, or nobody knows how many: its mapping does not poll, or it has not consumed anything yet. Its log names what it waits for."
          namespace   = "AWS/Kafka", metric = "SumOffsetLag", dimensions = local.lag_dimensions[name]
          statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = consumer.lag_records
          period      = 60, periods = 5, datapoints = 5, missing = "breaching"
        }
        "${consumer.function_name}-lag-seconds" = {
          description = "By the estimate of Amazon MSK the consumer ${name} needs more than ${consumer.lag_seconds} seconds to catch up."
          namespace   = "AWS/Kafka", metric = "EstimatedMaxTimeLag", dimensions = local.lag_dimensions[name]
          statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = consumer.lag_seconds
          period      = 60, periods = 5, datapoints = 5, missing = "missing"
        }
      } if var.kafka != null
    ],
    [
      for name, consumer in var.consumers : {
        "${consumer.function_name}-lag" = {
          description = "The consumer ${name} is more than ${consumer.lag_records} records behind, or its mapping does not poll any more. Its log names what it waits for."
          namespace   = "AWS/Lambda", metric = "OffsetLag", dimensions = { FunctionName = consumer.function_name }
          statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = consumer.lag_records
          period      = 60, periods = 5, datapoints = 5, missing = "breaching"
        }
      } if var.kafka == null
    ],
    [for name, consumer in var.consumers : {
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
      # Counted by invocations only. Without any nothing changes, and the alarm stays as it is.
      "${consumer.function_name}-dead-letters-unresolved" = {
        description = "Dead letters of the consumer ${name} wait for somebody, and events of their keys behind them: ./walpost dlq list --consumer ${name}. It ends with the first invocation after the last one is resolved."
        namespace   = "Walpost/Consumer", metric = local.consumer_metrics.UnresolvedDeadLetters, dimensions = { (local.consumer_dimension) = name }
        statistic   = "Maximum", comparison = "GreaterThanOrEqualToThreshold", threshold = 1
        period      = 60, periods = 1, datapoints = 1, missing = "ignore"
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
    }],
  )...)

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

  alarms = merge({ for name, alarm in local.relay_alarms : name => alarm if var.relay != null }, local.database_alarms, local.consumer_alarms, local.kafka_alarms)
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
