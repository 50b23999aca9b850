variable "name" {
  description = "The cluster's name, and the beginning of the names of all that belongs to it."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{1,62}$", var.name))
    error_message = "A cluster's name has 2 to 63 letters, digits and hyphens, and begins with a letter."
  }
}

variable "type" {
  description = "provisioned (Amazon MSK with brokers of its own) or serverless."
  type        = string
  default     = "provisioned"
  nullable    = false
  validation {
    condition     = contains(["provisioned", "serverless"], var.type)
    error_message = "The type is provisioned or serverless."
  }
}

variable "kafka_version" {
  description = "The version of a provisioned cluster."
  type        = string
  default     = "3.8.x"
  nullable    = false
  validation {
    condition     = can(regex("^(3\\.[6-9]|[4-9]\\.[0-9]+)\\.", var.kafka_version))
    error_message = "The Kafka version is 3.6 or newer, written as MSK does: 3.8.x."
  }
}

variable "instance_type" {
  description = "The brokers' type."
  type        = string
  default     = "kafka.m7g.large"
  nullable    = false
}

variable "brokers" {
  description = "How many brokers a provisioned cluster has: a multiple of its subnets."
  type        = number
  default     = 3
  nullable    = false
  validation {
    condition     = var.type == "serverless" || (var.brokers >= 3 && var.brokers % length(var.subnet_ids) == 0)
    error_message = "The number of brokers is at least 3, for three replicas, and a multiple of the number of subnets."
  }
}

variable "storage_gb" {
  description = "Each broker's storage."
  type        = number
  default     = 100
  nullable    = false
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets, in three availability zones."
  type        = list(string)
  nullable    = false
  validation {
    condition     = length(var.subnet_ids) >= 3
    error_message = "Name subnets in three availability zones: with three replicas and min.insync.replicas = 2 one zone may fail."
  }
}

variable "clients" {
  description = "Security groups that may connect, by name: the relay's, the consumers'."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "topics" {
  description = "The topics of the events and their partitions, such as { \"outbox.event.order\" = 12 }."
  type        = map(number)
  nullable    = false
  validation {
    condition     = length(var.topics) > 0 && alltrue([for partitions in values(var.topics) : partitions >= 1])
    error_message = "Name at least one topic, with its number of partitions: those bound how many consumers work at once, and cannot be changed without losing the order of each key."
  }
}

variable "retention_hours" {
  description = "How long the topics of events keep them. A consumer that was away for longer has lost some."
  type        = number
  default     = 168
  nullable    = false
  validation {
    condition     = var.retention_hours >= 24
    error_message = "The retention is at least 24 hours: a consumer that fails in the evening must find its events in the morning."
  }
}

variable "max_message_bytes" {
  description = "The largest record that the topics of events take."
  type        = number
  default     = 1048588
  nullable    = false
}

variable "dead_letter_topic" {
  description = "The relay's dead-letter topic."
  type        = string
  default     = "walpost.dead-letter"
  nullable    = false
}

variable "parked_topic" {
  description = "The relay's topic of parked keys."
  type        = string
  default     = "walpost.parked"
  nullable    = false
}

variable "progress_topic" {
  description = "The topic of the relay's progress, which delivery = \"exactly-once\" needs: the relay's output progress_topic. null for none."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "The key of the brokers' storage; AWS's own by default."
  type        = string
  default     = null
}

variable "log_group" {
  description = "Where the brokers' logs go, as the module observability makes it; null for nowhere. A serverless cluster has none."
  type = object({
    name = string
    arn  = string
  })
  default = null
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  default     = {}
  nullable    = false
}
