locals {
  schedule_group_arn = "arn:${local.partition}:scheduler:${local.region}:${local.account}:schedule-group/${var.name}"
  alias_arn          = "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${var.name}:live"
}

# A group of its own, by which CloudWatch tells this schedule's metrics from others'.
resource "aws_scheduler_schedule_group" "this" {
  name = var.name
  tags = local.tags
}

resource "aws_scheduler_schedule" "this" {
  name                = var.name
  description         = "Invokes ${var.name}"
  group_name          = aws_scheduler_schedule_group.this.name
  schedule_expression = local.interval_minutes == 1 ? "rate(1 minute)" : "rate(${local.interval_minutes} minutes)"
  state               = var.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.function.alias_arn
    role_arn = aws_iam_role.schedule.arn
    input    = jsonencode({})

    # The next drain makes up for one that did not begin. A successor that does not come leaves a gap of an interval.
    retry_policy {
      maximum_retry_attempts       = local.continuous ? 3 : 0
      maximum_event_age_in_seconds = 60
    }
  }
}

# The scheduler's invocations are asynchronous: without this Lambda would keep those that the reserved concurrency turns
# away for six hours, and run them one after the other.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = module.function.function_arn
  qualifier                    = "live"
  maximum_retry_attempts       = local.continuous ? 2 : 0
  maximum_event_age_in_seconds = local.continuous ? local.interval_minutes * 60 : 60

  # The qualifier is known by name; it must be there all the same.
  depends_on = [module.function]
}

data "aws_iam_policy_document" "schedule_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.schedule_group_arn]
    }
  }
}

data "aws_iam_policy_document" "schedule" {
  statement {
    sid       = "Invoke"
    actions   = ["lambda:InvokeFunction"]
    resources = [local.alias_arn]
  }
}

resource "aws_iam_role" "schedule" {
  name               = "${var.name}-schedule"
  description        = "Lets the schedule invoke ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.schedule_trust.json
  tags               = local.tags
}

resource "aws_iam_role_policy" "schedule" {
  name   = "invoke"
  role   = aws_iam_role.schedule.name
  policy = data.aws_iam_policy_document.schedule.json
}
