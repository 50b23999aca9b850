variable "name" {
  description = "The dashboard's name. Alarms are named after what they watch."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{1,63}$", var.name))
    error_message = "The name has 2 to 64 letters, digits and hyphens, and begins with a letter."
  }
}

variable "log_groups" {
  description = "The log groups to make: what they are for, and their names, such as { relay = \"/aws/lambda/shop-relay\" }."
  type        = map(string)
  nullable    = false
}

variable "retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days."
  }
}

variable "kms_key_arn" {
  description = "The key of the logs; CloudWatch's own by default."
  type        = string
  default     = null
}

variable "alarm_actions" {
  description = "What an alarm does: ARNs, such as of an SNS topic."
  type        = list(string)
  nullable    = false
  validation {
    condition     = length(var.alarm_actions) > 0
    error_message = "Name at least one action, such as an SNS topic that somebody reads: an alarm that tells nobody is none."
  }
}

variable "relay" {
  description = <<-TEXT
    The relay. budget_bytes is its wal-budget; lag_seconds is what your consumers can bear: by default 300 in continuous mode,
    and for drains the timeout and two intervals, so that one which takes its time is no alarm. Keep all this while a slot
    exists: the alarms tell that the relay is gone. null when it was taken down, or elsewhere: the database's alarms stay.
  TEXT
  type = object({
    function_name    = string
    slot             = string
    mode             = string
    interval_minutes = number
    timeout_seconds  = number
    budget_bytes     = number
    lag_seconds      = optional(number)
  })
  validation {
    condition     = var.relay == null || try(coalesce(var.relay.lag_seconds, 86400) >= (var.relay.mode == "drain" ? var.relay.interval_minutes * 60 * 2 : 30), false)
    error_message = "relay.lag_seconds must be at least two intervals of a drain, or 30 seconds in continuous mode: an event may wait that long without anything being wrong."
  }
}

variable "database" {
  description = <<-TEXT
    The database, whose own metrics tell of a slot that is left behind when nothing of Walpost is there any more.
    slot_keep_bytes is max_slot_wal_keep_size; free_storage_bytes is where Amazon RDS begins to be short of storage.
    budget_bytes is how much log a slot may hold back: the relay's budget by default, so without a relay it has to be said.
  TEXT
  type = object({
    identifier         = string
    engine             = string
    slot_keep_bytes    = number
    budget_bytes       = optional(number)
    free_storage_bytes = optional(number, 10737418240)
  })
  nullable = false
  validation {
    condition     = contains(["postgres", "aurora-postgresql"], var.database.engine)
    error_message = "The database's engine is postgres or aurora-postgresql."
  }
  validation {
    condition     = var.relay != null || var.database.budget_bytes != null
    error_message = "Without a relay the database needs budget_bytes: how much log a slot may hold back before it is an alarm."
  }
  validation {
    condition     = alltrue([for budget in [try(var.relay.budget_bytes, null), var.database.budget_bytes] : budget == null ? true : budget < var.database.slot_keep_bytes])
    error_message = "The budget must be smaller than max_slot_wal_keep_size: the alarm comes first, and then PostgreSQL gives up the slot."
  }
}

variable "consumers" {
  description = <<-TEXT
    The consumers, by name: their functions, topics and groups (the name by default), and what is too much. lag_records is
    also how many records must come until a mapping that has stopped shows, so a quiet topic wants few.
  TEXT
  type = map(object({
    function_name = string
    topic         = optional(string)
    group         = optional(string)
    lag_records   = optional(number, 10000)
    lag_seconds   = optional(number, 300)
    latency_ms    = optional(number, 60000)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = var.kafka == null || alltrue([for consumer in values(var.consumers) : consumer.topic != null])
    error_message = "Each consumer needs topic: Amazon MSK knows its lag by cluster, group and topic."
  }
}

variable "kafka" {
  description = "The MSK cluster of relay and consumers; null for a Kafka that is watched elsewhere. brokers is 0 for a serverless one."
  type = object({
    name    = string
    brokers = number
  })
  default = null
}

variable "dashboard" {
  description = "Whether a dashboard is made."
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
