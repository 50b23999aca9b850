locals {
  major  = split(".", var.engine_version)[0]
  family = local.aurora ? "aurora-postgresql${local.major}" : "postgres${local.major}"

  failover_parameters = var.failover == null ? {} : merge(
    {
      hot_standby_feedback           = { value = "1", restart = false }
      sync_replication_slots         = { value = "1", restart = false }
      "rds.logical_slot_sync_dbname" = { value = var.database_name, restart = false }
    },
    length(var.failover.standby_slots) == 0 ? {} : {
      synchronized_standby_slots = { value = join(",", var.failover.standby_slots), restart = false }
    },
  )

  parameters = merge(
    var.parameters,
    {
      "rds.logical_replication" = { value = "1", restart = true }
      "rds.force_ssl"           = { value = "1", restart = false }
      # In MB.
      max_slot_wal_keep_size = { value = tostring(var.slot_wal_keep_gb * 1024), restart = false }
    },
    # Without it a role with rds_iam can log in, and still not replicate.
    var.iam_login ? { "rds.iam_auth_for_replication" = { value = "1", restart = false } } : {},
    local.failover_parameters,
  )
}

resource "aws_db_parameter_group" "this" {
  count = local.aurora ? 0 : 1

  name_prefix = "${var.name}-"
  family      = local.family
  description = "Logical replication for Walpost, with a limit on what slots hold back"
  tags        = local.tags

  dynamic "parameter" {
    for_each = local.parameters
    content {
      name         = parameter.key
      value        = parameter.value.value
      apply_method = parameter.value.restart ? "pending-reboot" : "immediate"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_rds_cluster_parameter_group" "this" {
  count = local.aurora ? 1 : 0

  name_prefix = "${var.name}-"
  family      = local.family
  description = "Logical replication for Walpost, with a limit on what slots hold back"
  tags        = local.tags

  dynamic "parameter" {
    for_each = local.parameters
    content {
      name         = parameter.key
      value        = parameter.value.value
      apply_method = parameter.value.restart ? "pending-reboot" : "immediate"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}
