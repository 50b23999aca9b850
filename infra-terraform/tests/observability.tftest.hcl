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
    budget_bytes     = 10737418240
  }
  database = {
    identifier      = "shop"
    engine          = "postgres"
    slot_keep_bytes = 53687091200
  }
  consumers = { billing = { function_name = "shop-billing" } }
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
      for name in ["shop-relay-slot-lag-bytes", "shop-relay-slot-lag-seconds", "shop-relay-not-invoked"] :
      output.alarms[name].missing == "breaching"
    ])
    error_message = "A relay that says nothing any more is an alarm."
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
      interval_minutes = 14
      budget_bytes     = 10737418240
      lag_seconds      = 30
    }
    database = {
      identifier      = "shop"
      engine          = "aurora-postgresql"
      slot_keep_bytes = 53687091200
    }
    kafka = { name = "shop", brokers = 0 }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-relay-slot-lag-seconds"].period == 60
    error_message = "A continuous relay says its metrics every minute."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["shop-relay-not-invoked"].period == 840
    error_message = "It is invoked every 14 minutes."
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
