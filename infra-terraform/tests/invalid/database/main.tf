variable "cases" {
  type = any
}

module "database" {
  source   = "../../../modules/database"
  for_each = var.cases

  name             = each.value.name
  database_name    = "shop"
  engine           = each.value.engine
  engine_version   = each.value.engine_version
  storage_gb       = each.value.storage_gb
  max_storage_gb   = each.value.max_storage_gb
  slot_wal_keep_gb = each.value.slot_wal_keep_gb
  failover         = each.value.failover
  parameters       = each.value.parameters
  vpc_id           = each.value.vpc_id
  subnet_ids       = each.value.subnet_ids
  backup_days      = each.value.backup_days
}
