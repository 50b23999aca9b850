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

  name = "${var.name}-secrets"
  # Not to be changed: AWS makes another group for another text, and this one cannot be removed while it is in use.
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

resource "aws_vpc_security_group_ingress_rule" "secrets_clients" {
  for_each = local.makes_endpoint ? var.secrets_endpoint.clients : {}

  security_group_id            = aws_security_group.secrets[0].id
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = each.value
  tags                         = local.tags
}

# With private DNS it stands for Secrets Manager in the whole VPC, so it has no policy: one that names this relay would shut
# out everybody else. Who may read which secret is said by roles and by the secrets.
resource "aws_vpc_endpoint" "secrets" {
  count = local.makes_endpoint ? 1 : 0

  vpc_id              = var.vpc_id
  service_name        = local.secrets_service
  vpc_endpoint_type   = "Interface"
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.secrets[0].id]
  private_dns_enabled = true
  tags                = merge(local.tags, { Name = "${var.name}-secrets" })
}
