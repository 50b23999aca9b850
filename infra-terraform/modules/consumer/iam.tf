locals {
  # …:cluster/name/uuid has its topics as …:topic/name/uuid/topic.
  topic_arn = replace(try(var.msk.cluster_arn, "none"), ":cluster/", ":topic/")
  group_arn = replace(try(var.msk.cluster_arn, "none"), ":cluster/", ":group/")

  policies = merge(
    var.msk != null ? { kafka = data.aws_iam_policy_document.msk[0].json } : {},
    var.give_up != null ? { on-failure = data.aws_iam_policy_document.on_failure[0].json } : {},
  )

  on_failure_service = try(split(":", var.give_up.on_failure_arn)[2], "none")
}

# The function itself never sees Kafka: these are the rights of the pollers, which have the function's role.
data "aws_iam_policy_document" "msk" {
  count = var.msk != null ? 1 : 0

  statement {
    sid     = "FindCluster"
    actions = ["kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"]
    resources = [
      var.msk.cluster_arn,
    ]
  }

  statement {
    sid       = "Connect"
    actions   = ["kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration"]
    resources = [var.msk.cluster_arn]
  }

  statement {
    sid       = "Read"
    actions   = ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"]
    resources = ["${local.topic_arn}/${var.topic}"]
  }

  statement {
    sid       = "KeepOffsets"
    actions   = ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"]
    resources = ["${local.group_arn}/${local.group}"]
  }
}

data "aws_iam_policy_document" "on_failure" {
  count = var.give_up != null ? 1 : 0

  statement {
    sid = "GiveUp"
    actions = {
      sqs  = ["sqs:SendMessage"]
      sns  = ["sns:Publish"]
      s3   = ["s3:PutObject"]
      none = []
    }[local.on_failure_service]
    resources = [local.on_failure_service == "s3" ? "${var.give_up.on_failure_arn}/aws/lambda/*" : var.give_up.on_failure_arn]
  }

  dynamic "statement" {
    for_each = local.on_failure_service == "s3" ? [true] : []
    content {
      sid       = "FindBucket"
      actions   = ["s3:ListBucket"]
      resources = [var.give_up.on_failure_arn]
    }
  }
}
