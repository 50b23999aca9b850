locals {
  postgres = {
    name             = "shop"
    engine           = null
    engine_version   = null
    storage_gb       = null
    max_storage_gb   = null
    slot_wal_keep_gb = null
    failover         = null
    parameters       = null
    vpc_id           = "vpc-1"
    subnet_ids       = local.subnets
    backup_days      = null
  }
  databases = {
    name       = merge(local.postgres, { name = "Shop" })
    engine     = merge(local.postgres, { engine = "mysql" })
    version    = merge(local.postgres, { engine_version = "13.9" })
    storage    = merge(local.postgres, { storage_gb = 10 })
    growth     = merge(local.postgres, { storage_gb = 200 })
    no_limit   = merge(local.postgres, { slot_wal_keep_gb = 0 })
    high_limit = merge(local.postgres, { slot_wal_keep_gb = 150 })
    failover   = merge(local.postgres, { engine_version = "16.8", failover = {} })
    parameters = merge(local.postgres, { parameters = { "rds.force_ssl" = { value = "0" } } })
    vpc        = merge(local.postgres, { vpc_id = null })
    subnets    = merge(local.postgres, { subnet_ids = [] })
    backups    = merge(local.postgres, { backup_days = 0 })
  }
}

module "database" {
  source = "./database"
  cases  = { for name in ["name", "engine", "version", "storage", "parameters", "vpc", "subnets", "backups"] : name => local.databases[name] }
}

module "database_across" {
  source = "./database"
  cases  = { for name in ["growth", "failover"] : name => local.databases[name] }
}

module "database_across_more" {
  source = "./database"
  cases  = { for name in ["no_limit", "high_limit"] : name => local.databases[name] }
}
