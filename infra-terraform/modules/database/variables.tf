variable "name" {
  description = "The database's identifier, and the beginning of the names of all that belongs to it."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,49}$", var.name)) && !strcontains(var.name, "--") && !endswith(var.name, "-")
    error_message = "A database's name has 2 to 50 lower-case letters, digits and single hyphens, begins with a letter and does not end with a hyphen."
  }
}

variable "engine" {
  description = "postgres (Amazon RDS) or aurora-postgresql."
  type        = string
  default     = "postgres"
  nullable    = false
  validation {
    condition     = contains(["postgres", "aurora-postgresql"], var.engine)
    error_message = "The engine is postgres or aurora-postgresql."
  }
}

variable "engine_version" {
  description = "The version; its first number chooses the family of the parameters. With 17 AWS chooses the minor version and upgrades it by itself, which is a restart in the maintenance window; 17.4 stays 17.4 until you say otherwise."
  type        = string
  default     = "17"
  nullable    = false
  validation {
    condition     = can(regex("^[0-9]+([.][0-9]+)?$", var.engine_version)) && try(tonumber(split(".", var.engine_version)[0]) >= 14, false)
    error_message = "Walpost needs PostgreSQL 14 or newer, written as 17, or as 17.4 to stay at that minor version."
  }
}

variable "existing" {
  description = <<-TEXT
    A database that is there already, which this module then does not make: it makes the parameter group, and you attach it
    (and restart once, if logical replication was off). storage_gb is what it may grow to; resource_id is db-… or cluster-….
  TEXT
  type = object({
    identifier        = string
    host              = string
    port              = optional(number, 5432)
    resource_id       = string
    security_group_id = string
    storage_gb        = optional(number)
  })
  default = null
}

variable "database_name" {
  description = "The database whose outbox the relay reads."
  type        = string
  nullable    = false
}

variable "instance_class" {
  description = "The instances' class."
  type        = string
  default     = "db.t4g.medium"
  nullable    = false
}

variable "storage_gb" {
  description = "The storage of Amazon RDS to begin with. Aurora's grows by itself."
  type        = number
  default     = 100
  nullable    = false
  validation {
    condition     = var.storage_gb >= 20
    error_message = "The storage is at least 20 GB."
  }
}

variable "max_storage_gb" {
  description = "What the storage of Amazon RDS may grow to by itself."
  type        = number
  default     = 200
  nullable    = false
  validation {
    condition     = var.max_storage_gb > var.storage_gb
    error_message = "max_storage_gb must be larger than storage_gb, so that the storage can grow when a slot holds back log."
  }
}

variable "slot_wal_keep_gb" {
  description = "max_slot_wal_keep_size: how much log slots may hold back until PostgreSQL gives them up. The last resort, after the relay's budget and its alarms."
  type        = number
  default     = 50
  nullable    = false
  validation {
    condition     = var.slot_wal_keep_gb >= 1
    error_message = "slot_wal_keep_gb is at least 1. Without a limit a slot that nobody reads fills the disk, and the database stops."
  }
  validation {
    condition     = var.engine != "postgres" || var.slot_wal_keep_gb <= coalesce(try(var.existing.storage_gb, null), var.max_storage_gb) / 2
    error_message = "slot_wal_keep_gb must be at most half of what the storage may grow to: beyond it PostgreSQL gives up the slot rather than fill the disk, and the data needs room too."
  }
}

variable "failover" {
  description = <<-TEXT
    Has standbys keep the slot (PostgreSQL 17 and newer, Amazon RDS with read replicas). standby_slots are the physical slots
    of those that must have received what the relay is sent (rds_<region>_db_<resource id in lower case>); see
    pg_replication_slots. A Multi-AZ instance needs none of it, its standby is a copy of the disk; nor does Aurora.
  TEXT
  type = object({
    standby_slots = optional(list(string), [])
  })
  default = null
  validation {
    condition     = var.failover == null || (var.engine == "postgres" && try(tonumber(split(".", var.engine_version)[0]) >= 17, false))
    error_message = "Failover slots exist on Amazon RDS for PostgreSQL 17 and newer. Aurora keeps slots with the cluster's storage, and needs none."
  }
}

variable "iam_login" {
  description = "Whether roles may log in by IAM, also for replication."
  type        = bool
  default     = true
  nullable    = false
}

variable "parameters" {
  description = "Further parameters: value, and whether they take a restart."
  type = map(object({
    value   = string
    restart = optional(bool, false)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = length(setintersection(keys(var.parameters), ["rds.logical_replication", "rds.force_ssl", "rds.iam_auth_for_replication", "max_slot_wal_keep_size"])) == 0
    error_message = "rds.logical_replication, rds.force_ssl, rds.iam_auth_for_replication and max_slot_wal_keep_size are this module's own; use its variables."
  }
}

variable "vpc_id" {
  description = "The VPC of the subnets. Not needed for a database that is there already."
  type        = string
  default     = null
  validation {
    condition     = var.existing != null || var.vpc_id != null
    error_message = "A new database needs vpc_id and subnet_ids."
  }
}

variable "subnet_ids" {
  description = "Private subnets, in at least two availability zones. Not needed for a database that is there already."
  type        = list(string)
  default     = []
  nullable    = false
  validation {
    condition     = var.existing != null || length(var.subnet_ids) >= 2
    error_message = "A new database needs subnets in at least two availability zones."
  }
}

variable "clients" {
  description = "Security groups that may connect, by name: the relay's, the application's, the consumers'."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "multi_az" {
  description = "Whether a standby in another zone takes over (Amazon RDS), or a second instance is made (Aurora)."
  type        = bool
  default     = true
  nullable    = false
}

variable "admin_user" {
  description = "The administrator's name. RDS makes the password, keeps it in Secrets Manager and rotates it."
  type        = string
  default     = "walpost_admin"
  nullable    = false
}

variable "kms_key_arn" {
  description = "The key of storage and administrator's secret; AWS's own by default."
  type        = string
  default     = null
}

variable "backup_days" {
  description = "How long backups are kept."
  type        = number
  default     = 7
  nullable    = false
  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "Backups are kept for 1 to 35 days."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the database."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  default     = {}
  nullable    = false
}
