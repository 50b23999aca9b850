data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id

  exactly_once = var.delivery == "exactly-once"
  own_topics   = concat([var.topics.dead_letter, var.topics.parked], local.exactly_once ? [var.topics.progress] : [])
  read_topics  = concat([var.topics.parked], local.exactly_once ? [var.topics.progress] : [])

  # …:cluster/name/uuid has its topics as …:topic/name/uuid/topic.
  topic_arn       = replace(coalesce(var.kafka.cluster_arn, "none"), ":cluster/", ":topic/")
  transaction_arn = replace(coalesce(var.kafka.cluster_arn, "none"), ":cluster/", ":transactional-id/")

  policies = var.kafka.authentication == "iam" ? { kafka = data.aws_iam_policy_document.kafka[0].json } : {}
}

data "aws_iam_policy_document" "kafka" {
  count = var.kafka.authentication == "iam" ? 1 : 0

  statement {
    sid       = "Connect"
    actions   = ["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"]
    resources = [var.kafka.cluster_arn]
  }

  # The aggregate types are the application's, so the topics are known by their beginning only.
  statement {
    sid       = "Publish"
    actions   = ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"]
    resources = ["${local.topic_arn}/${var.topics.prefix}*"]
  }

  statement {
    sid = "OwnTopics"
    actions = concat(
      ["kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration", "kafka-cluster:WriteData"],
      var.topics.create_own ? ["kafka-cluster:CreateTopic"] : [],
    )
    resources = [for topic in local.own_topics : "${local.topic_arn}/${topic}"]
  }

  statement {
    sid       = "ReadOwnTopics"
    actions   = ["kafka-cluster:ReadData"]
    resources = [for topic in local.read_topics : "${local.topic_arn}/${topic}"]
  }

  # The rest of the id is the database's system identifier.
  dynamic "statement" {
    for_each = local.exactly_once ? [true] : []
    content {
      sid       = "Transactions"
      actions   = ["kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"]
      resources = ["${local.transaction_arn}/walpost-${var.slot}-*"]
    }
  }
}
