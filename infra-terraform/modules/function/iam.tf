data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

locals {
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  account   = data.aws_caller_identity.current.account_id

  # By name, not from the function, which does not exist yet when its role does.
  function_arn = "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${var.name}"
  ec2_arn      = "arn:${local.partition}:ec2:${local.region}:${local.account}"

  # By way of a local: a data source that names a resource itself is not read before that resource is there.
  security_group_id = aws_security_group.this.id

  interface_actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ]
  # The last two are the pollers' need alone.
  describe_actions = concat(
    ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
    length(var.poller_network.subnet_ids) > 0 ? ["ec2:DescribeSecurityGroups", "ec2:DescribeVpcs"] : [],
  )

  kms_keys = { for name, secret in var.secrets : name => secret.kms_key_arn if secret.kms_key_arn != null }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = var.name
  description        = "What the function ${var.name} may do"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${var.log_group.arn}:*"]
  }

  statement {
    sid     = "MakeInterfaces"
    actions = ["ec2:CreateNetworkInterface"]
    resources = concat(
      ["${local.ec2_arn}:network-interface/*"],
      [for id in distinct(concat(var.subnet_ids, var.poller_network.subnet_ids)) : "${local.ec2_arn}:subnet/${id}"],
      [for id in concat([local.security_group_id], var.poller_network.security_group_ids) : "${local.ec2_arn}:security-group/${id}"],
    )
  }

  # Lambda refuses to make a function whose role may not do these, and asks so before there is an interface: what is
  # allowed for interfaces only does not count as allowed then.
  statement {
    sid       = "ChangeInterfaces"
    actions   = [for action in local.interface_actions : action if action != "ec2:CreateNetworkInterface"]
    resources = ["*"]
  }

  # EC2 knows no resources for these.
  statement {
    sid       = "LookAtNetwork"
    actions   = local.describe_actions
    resources = ["*"]
  }

  # Lambda needs the rights above for itself. The function's code does not.
  statement {
    sid       = "NotForTheCode"
    effect    = "Deny"
    actions   = concat(local.interface_actions, local.describe_actions)
    resources = ["*"]
    condition {
      test     = "ArnEquals"
      variable = "lambda:SourceFunctionArn"
      values   = [local.function_arn]
    }
  }

  dynamic "statement" {
    for_each = length(var.secrets) > 0 ? [true] : []
    content {
      sid       = "ReadSecrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [for secret in values(var.secrets) : secret.arn]
    }
  }

  dynamic "statement" {
    for_each = length(local.kms_keys) > 0 ? [true] : []
    content {
      sid       = "DecryptSecrets"
      actions   = ["kms:Decrypt"]
      resources = distinct(values(local.kms_keys))
      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["secretsmanager.${local.region}.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_role_policy" "base" {
  name   = "base"
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.base.json
}

resource "aws_iam_role_policy" "further" {
  for_each = var.policies

  name   = each.key
  role   = aws_iam_role.this.name
  policy = each.value
}
