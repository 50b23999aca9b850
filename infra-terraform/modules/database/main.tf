locals {
  tags   = merge(var.tags, { "walpost:module" = "database" })
  aurora = var.engine == "aurora-postgresql"

  makes_instance = var.existing == null && !local.aurora
  makes_cluster  = var.existing == null && local.aurora

  # A version that names a minor one is meant: upgraded by AWS, it would be a downgrade in the next plan, which AWS refuses.
  upgrades_minor_version = !strcontains(var.engine_version, ".")
}

resource "aws_db_subnet_group" "this" {
  count = var.existing == null ? 1 : 0

  name_prefix = "${var.name}-"
  description = "The subnets of ${var.name}"
  subnet_ids  = var.subnet_ids
  tags        = local.tags
}

resource "aws_security_group" "this" {
  count = var.existing == null ? 1 : 0

  name        = "${var.name}-database"
  description = "The database ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-database" })
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.clients

  security_group_id            = local.security_group_id
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = each.value
  tags                         = local.tags
}

resource "aws_db_instance" "this" {
  count = local.makes_instance ? 1 : 0

  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  db_name        = var.database_name
  port           = 5432

  storage_type          = "gp3"
  allocated_storage     = var.storage_gb
  max_allocated_storage = var.max_storage_gb
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  username                            = var.admin_user
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = var.iam_login
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"

  multi_az               = var.multi_az
  db_subnet_group_name   = aws_db_subnet_group.this[0].name
  vpc_security_group_ids = [aws_security_group.this[0].id]
  publicly_accessible    = false
  parameter_group_name   = aws_db_parameter_group.this[0].name

  backup_retention_period   = var.backup_days
  copy_tags_to_snapshot     = true
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"

  # A major version is an upgrade with its own steps for the slot; see docs/operations.md.
  auto_minor_version_upgrade      = local.upgrades_minor_version
  allow_major_version_upgrade     = false
  enabled_cloudwatch_logs_exports = ["postgresql"]

  tags = local.tags
}

resource "aws_rds_cluster" "this" {
  count = local.makes_cluster ? 1 : 0

  cluster_identifier = var.name
  engine             = "aurora-postgresql"
  engine_version     = var.engine_version
  database_name      = var.database_name
  port               = 5432

  storage_encrypted = true
  kms_key_id        = var.kms_key_arn

  master_username                     = var.admin_user
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = var.iam_login

  db_subnet_group_name            = aws_db_subnet_group.this[0].name
  vpc_security_group_ids          = [aws_security_group.this[0].id]
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.this[0].name

  backup_retention_period   = var.backup_days
  copy_tags_to_snapshot     = true
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"

  allow_major_version_upgrade     = false
  enabled_cloudwatch_logs_exports = ["postgresql"]

  tags = local.tags
}

resource "aws_rds_cluster_instance" "this" {
  count = local.makes_cluster ? (var.multi_az ? 2 : 1) : 0

  identifier           = "${var.name}-${count.index + 1}"
  cluster_identifier   = aws_rds_cluster.this[0].id
  engine               = "aurora-postgresql"
  instance_class       = var.instance_class
  db_subnet_group_name = aws_db_subnet_group.this[0].name
  ca_cert_identifier   = "rds-ca-rsa2048-g1"
  publicly_accessible  = false

  auto_minor_version_upgrade = local.upgrades_minor_version

  tags = local.tags
}
