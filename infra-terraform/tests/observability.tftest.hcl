# Real plans without AWS, as in relay.tftest.hcl.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

variables {
  name          = "shop"
  alarm_actions = ["arn:aws:sns:eu-central-1:123456789012:on-call"]
  log_groups    = { relay = "/aws/lambda/shop-relay", billing = "/aws/lambda/shop-billing" }
  relay = {
    function_name    = "shop-relay"
    slot             = "walpost"
    mode             = "drain"
    interval_minutes = 1
    timeout_seconds  = 900
    budget_bytes     = 10737418240
  }
  database = {
    identifier      = "shop"
    engine          = "postgres"
    slot_keep_bytes = 53687091200
  }
  consumers = { billing = { function_name = "shop-billing", topic = "outbox.event.order" } }
  kafka     = { name = "shop", brokers = 3 }
}

run "all" {
  command = plan
  module { source = "./modules/observability" }

  assert {
    condition = alltrue([
      for alarm in values(output.alarms) :
      !startswith(alarm.namespace, "Walpost/") || contains(lookup(output.walpost_metrics, alarm.namespace, []), alarm.metric)
    ])
    error_message = "Every alarm on a metric of Walpost names one that the functions write."
  }
  assert {
    condition = alltrue([
      for line in output.dashboard_metrics :
      !startswith(line, "Walpost/") || contains(lookup(output.walpost_metrics, split(":", line)[0], []), split(":", line)[1])
    ])
    error_message = "The dashboard shows only metrics that the functions write."
  }
  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets) >= 14
    error_message = "Relay, database, consumer and Kafka are on the dashboard."
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : length(alarm.alarm_actions) == 1 && length(alarm.alarm_description) > 20])
    error_message = "Every alarm tells somebody what it is about."
  }
  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.retention_in_days == 30])
    error_message = "Logs are not kept for ever."
  }

  # A slot that nobody reads is seen without the relay.
  assert {
    condition = alltrue([
      for name in ["shop-relay-silent", "shop-relay-not-invoked", "shop-billing-lag"] : output.alarms[name].missing == "breaching"
    ])
    error_message = "A relay that says nothing any more is an alarm, and so is a mapping that has stopped."
  }
  assert {
    condition = (
      output.alarms["shop-relay-slot-retained-bytes"].metric == "SlotRetainedBytes"
      && aws_cloudwatch_metric_alarm.this["shop-relay-slot-retained-bytes"].threshold == 5368709120
      && contains(output.dashboard_metrics, "Walpost/Relay:SlotRetainedBytes") && contains(output.dashboard_metrics, "Walpost/Relay:SlotLagBytes")
    )
    error_message = "What fills the disk is what the slot retains; the dashboard has the lag beside it."
  }

  # A drain that takes its time, up to 15 minutes, and a relay that was started on purpose are no alarm.
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["shop-relay-not-invoked"].period * aws_cloudwatch_metric_alarm.this["shop-relay-not-invoked"].datapoints_to_alarm
      >= 900 + 60 + 60
    )
    error_message = "While a drain takes 15 minutes, its successors are turned away, and that is no silence of the schedule."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-relay-slot-lag-seconds"].threshold >= 900 + 60
    error_message = "An event may wait for the drain before its own."
  }
  assert {
    condition     = output.alarms["shop-relay-slot-lag-seconds"].missing == "notBreaching" && !contains(keys(output.alarms), "shop-relay-throttles")
    error_message = "While another relay has the slot nobody says how long events wait; a drain's successors are turned away by intention."
  }

  # The first failure at once, the second at the deadline of the next invocation.
  assert {
    condition = alltrue([
      for name in ["shop-relay-drain-failures", "shop-relay-errors"] :
      aws_cloudwatch_metric_alarm.this[name].datapoints_to_alarm == 2 && aws_cloudwatch_metric_alarm.this[name].period == 60
      && aws_cloudwatch_metric_alarm.this[name].evaluation_periods * 60 >= 900 + 60 + 120
    ])
    error_message = "Two failures in a row are an alarm, also if each takes its whole timeout."
  }

  assert {
    condition = alltrue([
      for name, metric in { "shop-billing-lag" = "SumOffsetLag", "shop-billing-lag-seconds" = "EstimatedMaxTimeLag" } :
      output.alarms[name].metric == metric && output.alarms[name].namespace == "AWS/Kafka"
      && aws_cloudwatch_metric_alarm.this[name].dimensions == tomap({ "Cluster Name" = "shop", "Consumer Group" = "billing", Topic = "outbox.event.order" })
    ])
    error_message = "The cluster knows how far a group is behind, also when nobody polls."
  }
  assert {
    condition     = output.alarms["shop-billing-dead-letters-unresolved"].missing == "ignore" && output.alarms["shop-billing-dead-letters"].missing == "notBreaching"
    error_message = "A consumer that has nothing to do does not end the alarm on its dead letters."
  }
  assert {
    condition     = output.alarms["shop-slot-left-behind"].namespace == "AWS/RDS" && output.alarms["shop-log-on-disk"].namespace == "AWS/RDS"
    error_message = "The database itself tells of a slot that nobody reads."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-slot-left-behind"].threshold < 53687091200
    error_message = "It does so before PostgreSQL gives the slot up."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-slot-left-behind"].dimensions == tomap({ DBInstanceIdentifier = "shop" })
    error_message = "The alarm is on the database, and on nothing that goes with the relay."
  }
}

run "continuous_on_aurora_and_serverless_kafka" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    relay = {
      function_name    = "shop-relay"
      slot             = "walpost"
      mode             = "continuous"
      interval_minutes = 13
      timeout_seconds  = 900
      budget_bytes     = 10737418240
      lag_seconds      = 30
    }
    database = {
      identifier      = "shop"
      engine          = "aurora-postgresql"
      slot_keep_bytes = 53687091200
    }
    consumers = { billing = { function_name = "shop-billing", topic = "outbox.event.order", group = "billing-2", lag_seconds = 60 } }
    kafka     = { name = "shop", brokers = 0 }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-relay-slot-lag-seconds"].period == 60
    error_message = "A continuous relay says its metrics every minute."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-relay-not-invoked"].evaluation_periods == 18 && aws_cloudwatch_metric_alarm.this["shop-relay-silent"].evaluation_periods == 18
    error_message = "It is invoked every 13 minutes, and says something at least as often, also if another relay has the slot."
  }
  assert {
    condition = alltrue([
      for name in ["shop-relay-drain-failures", "shop-relay-errors"] :
      aws_cloudwatch_metric_alarm.this[name].datapoints_to_alarm == 2 && aws_cloudwatch_metric_alarm.this[name].evaluation_periods * 60 >= 13 * 60 + 900 + 120
    ])
    error_message = "Two failures in a row are an alarm."
  }
  assert {
    condition     = contains(keys(output.alarms), "shop-relay-throttles")
    error_message = "Two invocations are enough; a third that is turned away is somebody else's."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-billing-lag-seconds"].dimensions["Consumer Group"] == "billing-2" && aws_cloudwatch_metric_alarm.this["shop-billing-lag-seconds"].threshold == 60
    error_message = "A serverless cluster knows its groups too."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-log-on-disk"].dimensions == tomap({ DBClusterIdentifier = "shop", Role = "WRITER" })
    error_message = "Of a cluster the writer is watched, whichever instance that is."
  }
  assert {
    condition     = !contains(keys(output.alarms), "shop-free-storage") && !contains(keys(output.alarms), "shop-1-disk")
    error_message = "What Aurora and a serverless cluster do not have is not watched."
  }
}

run "kafka_that_is_watched_elsewhere" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    consumers = { billing = { function_name = "shop-billing" } }
    kafka     = null
  }

  assert {
    condition     = output.alarms["shop-billing-lag"].namespace == "AWS/Lambda" && output.alarms["shop-billing-lag"].missing == "breaching" && !contains(keys(output.alarms), "shop-billing-lag-seconds")
    error_message = "Only the pollers know the lag, and without pollers nobody does."
  }
}

# What stays when the relay was taken down.
run "without_a_relay" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    relay      = null
    log_groups = {}
    consumers  = {}
    kafka      = null
    database = {
      identifier      = "shop"
      engine          = "postgres"
      slot_keep_bytes = 53687091200
      budget_bytes    = 5368709120
    }
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["shop-slot-left-behind", "shop-log-on-disk", "shop-free-storage"])
    error_message = "The alarms on the database need no relay, and nothing else is watched: ${join(", ", keys(output.alarms))}"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-slot-left-behind"].threshold == 5368709120
    error_message = "They have a budget of their own."
  }
  assert {
    condition     = length(output.dashboard_metrics) > 0 && alltrue([for line in output.dashboard_metrics : startswith(line, "AWS/RDS:")])
    error_message = "The dashboard shows the database alone: ${join(", ", output.dashboard_metrics)}"
  }
}

run "without_a_relay_nor_a_budget" {
  command = plan
  module { source = "./modules/observability" }
  variables { relay = null }

  expect_failures = [var.database]
}

run "aurora_without_a_relay" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    relay = null
    database = {
      identifier      = "shop"
      engine          = "aurora-postgresql"
      slot_keep_bytes = 53687091200
      budget_bytes    = 5368709120
    }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-log-on-disk"].threshold == 5368709120
    error_message = "Of Aurora it is the log on disk that sees a slot which was left behind."
  }
  assert {
    condition     = contains(keys(output.alarms), "shop-billing-lag") && !anytrue([for name in keys(output.alarms) : startswith(name, "shop-relay-")])
    error_message = "Consumers may have a relay elsewhere: ${join(", ", keys(output.alarms))}"
  }
}
