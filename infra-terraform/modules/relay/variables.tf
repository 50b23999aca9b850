variable "name" {
  description = "The function's name, and the beginning of the names of all that belongs to it."
  type        = string
  nullable    = false
}

variable "artifact" {
  description = "The path of the relay's function.zip."
  type        = string
  nullable    = false
}

variable "architecture" {
  description = "The processor: arm64, which is cheaper, or x86_64."
  type        = string
  default     = "arm64"
  nullable    = false
}

variable "memory_mb" {
  description = "The function's memory in MB. A whole processor comes with 1769."
  type        = number
  default     = 1024
  nullable    = false
}

variable "mode" {
  description = "drain: each invocation publishes what is committed by then. continuous: invocations relieve each other, and there is always one."
  type        = string
  default     = "drain"
  nullable    = false
  validation {
    condition     = contains(["drain", "continuous"], var.mode)
    error_message = "The mode is drain or continuous."
  }
}

variable "interval_minutes" {
  description = "The time between two invocations; 1 by default for drain, 13 for continuous."
  type        = number
  default     = null
  validation {
    condition     = var.interval_minutes == null || try(var.interval_minutes >= 1 && var.interval_minutes <= 60 && floor(var.interval_minutes) == var.interval_minutes, false)
    error_message = "The interval is 1 to 60 whole minutes: the log grows while nobody reads it."
  }
}

variable "timeout_seconds" {
  description = "How long an invocation may take; 900, the longest, by default. A drain ends when it is done."
  type        = number
  default     = 900
  nullable    = false
  validation {
    condition     = var.timeout_seconds >= 30 && var.timeout_seconds <= 900
    error_message = "The timeout is 30 to 900 seconds; Lambda allows no more."
  }
  validation {
    condition     = var.mode != "continuous" || var.timeout_seconds <= coalesce(var.interval_minutes, 13) * 120
    error_message = "In continuous mode the timeout must not exceed two intervals: a third invocation would only wait, and cost."
  }
}

variable "deadline_margin_seconds" {
  description = "How long before its timeout an invocation begins to stop: it waits for what is in flight, and confirms it."
  type        = number
  default     = 10
  nullable    = false
  validation {
    condition     = var.deadline_margin_seconds >= 5 && var.deadline_margin_seconds <= var.timeout_seconds / 2
    error_message = "The deadline margin is at least 5 seconds, and at most half of the timeout."
  }
  validation {
    condition = var.mode != "continuous" || (
      var.timeout_seconds - var.deadline_margin_seconds - coalesce(var.interval_minutes, 13) * 60 >= 75
    )
    error_message = "In continuous mode the timeout less the deadline margin must be at least 75 seconds longer than the interval: a schedule may be a minute late, and the successor must wait for the slot before its predecessor lets go. With a timeout of 900 seconds and a margin of 10 that is an interval of 13 minutes."
  }
}

variable "enabled" {
  description = "Whether the relay is invoked. false is a step of taking it down; see the output teardown."
  type        = bool
  default     = true
  nullable    = false
}

variable "slot" {
  description = "The replication slot. walpost setup makes it, never Terraform."
  type        = string
  default     = "walpost"
  nullable    = false
  validation {
    condition     = can(regex("^[a-z0-9_]{1,63}$", var.slot))
    error_message = "A slot's name has 1 to 63 lower-case letters, digits and underscores."
  }
}

variable "publication" {
  description = "The publication."
  type        = string
  default     = "walpost"
  nullable    = false
}

variable "delivery" {
  description = "at-least-once, or exactly-once for consumers that read only what is committed."
  type        = string
  default     = "at-least-once"
  nullable    = false
  validation {
    condition     = contains(["at-least-once", "exactly-once"], var.delivery)
    error_message = "The delivery is at-least-once or exactly-once."
  }
}

variable "wal_budget_gb" {
  description = "How much log the slot may hold back until the relay says so. Well below max_slot_wal_keep_size of the database."
  type        = number
  default     = 10
  nullable    = false
  validation {
    condition     = var.wal_budget_gb >= 1 && floor(var.wal_budget_gb) == var.wal_budget_gb
    error_message = "The budget is a whole number of GB, at least 1."
  }
}

variable "database" {
  description = <<-TEXT
    The database. login is secret (a secret of Secrets Manager with username and password, named by secret_arn) or iam
    (a token for each connection; resource_id is the instance's or cluster's, as db-… or cluster-…). root_certificate is
    the path of the certificates of Amazon RDS inside the function, as a layer brings them; sslmode=require goes without,
    and encrypts without knowing to whom.
  TEXT
  type = object({
    host               = string
    port               = optional(number, 5432)
    name               = string
    user               = string
    login              = string
    secret_arn         = optional(string)
    secret_kms_key_arn = optional(string)
    resource_id        = optional(string)
    sslmode            = optional(string, "verify-full")
    root_certificate   = optional(string)
    security_group_id  = string
  })
  nullable = false
}

variable "layers" {
  description = "ARNs of layers, such as one with the certificates of Amazon RDS."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "kafka" {
  description = <<-TEXT
    The cluster. authentication is iam (Amazon MSK; cluster_arn is needed) or tls (any Kafka, by TLS without a login).
    Further settings of the producer, without a secret, go into environment as KAFKA_….
  TEXT
  type = object({
    bootstrap_servers = string
    authentication    = optional(string, "iam")
    cluster_arn       = optional(string)
    port              = optional(number, 9098)
    to_port           = optional(number)
    security_group_id = optional(string)
    cidr_block        = optional(string)
  })
  nullable = false
  validation {
    condition     = contains(["iam", "tls"], var.kafka.authentication)
    error_message = "Kafka's authentication is iam or tls."
  }
  validation {
    condition     = var.kafka.authentication != "iam" || can(regex("^arn:[a-z-]+:kafka:[a-z0-9-]+:[0-9]{12}:cluster/[^/*]+/[^/*]+$", var.kafka.cluster_arn))
    error_message = "With authentication = \"iam\" Kafka needs cluster_arn, the whole ARN of the MSK cluster."
  }
  validation {
    condition     = (var.kafka.security_group_id == null) != (var.kafka.cidr_block == null)
    error_message = "Say where Kafka is by security_group_id or by cidr_block, one of them: the function may connect nowhere else."
  }
  validation {
    condition     = var.kafka.cidr_block != "0.0.0.0/0"
    error_message = "Kafka's cidr_block is that of its brokers, not the whole internet."
  }
}

variable "topics" {
  description = "The topics: what the names of the events' topics begin with, and the relay's own. Each slot needs a parked topic of its own."
  type = object({
    prefix      = optional(string, "outbox.event.")
    dead_letter = optional(string, "walpost.dead-letter")
    parked      = optional(string, "walpost.parked")
    progress    = optional(string, "walpost.progress")
    create_own  = optional(bool, true)
  })
  default  = {}
  nullable = false
  validation {
    condition     = can(regex("^[a-zA-Z0-9._-]+$", var.topics.prefix))
    error_message = "The topics' prefix has letters, digits, dots, underscores and hyphens, at least one: without any the relay could write to every topic."
  }
}

variable "environment" {
  description = "Further settings of the relay, as environment variables; see docs/configuration."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets, in at least two availability zones."
  type        = list(string)
  nullable    = false
}

variable "secrets_endpoint" {
  description = <<-TEXT
    How the function reaches Secrets Manager from its subnets: the security group of a VPC endpoint that is there (which has
    to admit the relay's), a cidr_block behind a NAT gateway, or create = true to have an endpoint made. Not needed with
    login = "iam", which asks nobody.

    create changes the DNS of the whole VPC: from then on whoever asks for Secrets Manager there reaches this endpoint, and
    only the relay and clients get in. Name in clients the security groups of all others in the VPC that use Secrets Manager,
    the function that rotates the secret among them. AWS makes no second one in a VPC that has one.
  TEXT
  type = object({
    create            = optional(bool, false)
    clients           = optional(map(string), {})
    security_group_id = optional(string)
    cidr_block        = optional(string)
  })
  default  = {}
  nullable = false
  validation {
    condition = var.database.login != "secret" || length([
      for way in [var.secrets_endpoint.create ? "create" : null, var.secrets_endpoint.security_group_id, var.secrets_endpoint.cidr_block] : way if way != null
    ]) == 1
    error_message = "With login = \"secret\" the function must reach Secrets Manager: set exactly one of create, security_group_id and cidr_block of secrets_endpoint."
  }
  validation {
    condition     = var.secrets_endpoint.create || length(var.secrets_endpoint.clients) == 0
    error_message = "secrets_endpoint.clients are admitted to an endpoint that is made, with create = true; one that is there has rules of its own."
  }
}

variable "log_group" {
  description = "The function's log group, as the module observability makes it."
  type = object({
    name = string
    arn  = string
  })
  nullable = false
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  default     = {}
  nullable    = false
}
