# 9098 is where MSK listens for clients that log in by IAM, and nobody else does here.

resource "aws_security_group" "this" {
  name        = "${var.name}-kafka"
  description = "The cluster ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-kafka" })
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.clients

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = each.value
  tags                         = local.tags
}

# The pollers of Lambda's event source mappings have interfaces with the cluster's own group.
resource "aws_vpc_security_group_ingress_rule" "pollers" {
  security_group_id            = aws_security_group.this.id
  description                  = "Pollers of event source mappings"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = aws_security_group.this.id
  tags                         = local.tags
}

resource "aws_vpc_security_group_egress_rule" "pollers" {
  security_group_id            = aws_security_group.this.id
  description                  = "Pollers of event source mappings"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = aws_security_group.this.id
  tags                         = local.tags
}
