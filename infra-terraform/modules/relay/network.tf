data "aws_region" "current" {}

locals {
  needs_secrets   = var.database.login == "secret"
  makes_endpoint  = local.needs_secrets && var.secrets_endpoint.create
  secrets_service = "com.amazonaws.${data.aws_region.current.name}.secretsmanager"

  egress = {
    kafka = {
      port              = var.kafka.port
      to_port           = var.kafka.to_port
      security_group_id = var.kafka.security_group_id
      cidr_block        = var.kafka.cidr_block
    }
  }

  # In a map of its own: its keys must be known before the endpoint's group is.
  secrets_egress = local.needs_secrets ? {
    secrets = {
      port              = 443
      security_group_id = local.makes_endpoint ? aws_security_group.secrets[0].id : var.secrets_endpoint.security_group_id
      cidr_block        = var.secrets_endpoint.cidr_block
    }
  } : {}
}

resource "aws_security_group" "secrets" {
  count = local.makes_endpoint ? 1 : 0

  name        = "${var.name}-secrets"
  description = "The VPC endpoint of Secrets Manager for ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-secrets" })
}

resource "aws_vpc_security_group_ingress_rule" "secrets" {
  count = local.makes_endpoint ? 1 : 0

  security_group_id            = aws_security_group.secrets[0].id
  description                  = "The relay"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = module.function.security_group_id
  tags                         = local.tags
}

data "aws_iam_policy_document" "secrets_endpoint" {
  count = local.makes_endpoint ? 1 : 0

  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.database.secret_arn]
    principals {
      type        = "AWS"
      identifiers = [module.function.role_arn]
    }
  }
}

resource "aws_vpc_endpoint" "secrets" {
  count = local.makes_endpoint ? 1 : 0

  vpc_id              = var.vpc_id
  service_name        = local.secrets_service
  vpc_endpoint_type   = "Interface"
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.secrets[0].id]
  private_dns_enabled = true
  policy              = data.aws_iam_policy_document.secrets_endpoint[0].json
  tags                = merge(local.tags, { Name = "${var.name}-secrets" })
}
