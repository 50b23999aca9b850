variable "name" {
  description = "The function's name, and the beginning of the names of all that belongs to it."
  type        = string
  nullable    = false
}

variable "consumer" {
  description = "The consumer's name in its inbox, among its dead letters and in metrics. Under another name every event is new."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,62}$", var.consumer))
    error_message = "A consumer's name has 1 to 63 lower-case letters, digits and hyphens, and begins with a letter."
  }
}

variable "artifact" {
  description = "The path of the consumer's function.zip."
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
  description = "The function's memory in MB."
  type        = number
  default     = 1024
  nullable    = false
}

variable "timeout_seconds" {
  description = "How long an invocation may take."
  type        = number
  default     = 60
  nullable    = false
  validation {
    condition     = var.timeout_seconds >= 15 && var.timeout_seconds <= 840
    error_message = "The timeout is 15 to 840 seconds: event source mappings of Kafka take no function with more than 14 minutes."
  }
}

variable "reserved_concurrency" {
  description = "How many invocations may run at once; each takes connections of the database. -1 leaves it to the pollers."
  type        = number
  default     = -1
  nullable    = false
}

variable "order" {
  description = "What becomes of later events of a key behind a dead letter: park or skip; null for the function's own default, which is skip for the cache's consumer and park for the others."
  type        = string
  default     = null
  validation {
    condition     = var.order == null || contains(["park", "skip"], coalesce(var.order, "park"))
    error_message = "The order is park or skip."
  }
}

variable "database" {
  description = <<-TEXT
    The consumer's database, with its inbox and its dead letters. login is secret (a secret of Secrets Manager with username
    and password) or iam. sslmode and root_certificate are as for the relay.
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

variable "environment" {
  description = "Further settings of the consumer, as environment variables; see docs/configuration."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "sink_secret" {
  description = "The secret of Secrets Manager with which the function logs in to its sink, Redis or OpenSearch: a password, or JSON with username and password. The sink's address in environment then says neither."
  type = object({
    arn         = string
    kms_key_arn = optional(string)
  })
  default = null
}

variable "egress" {
  description = "Where the function may connect to besides its database: Redis, OpenSearch, and as secrets the way to Secrets Manager."
  type = map(object({
    port              = number
    to_port           = optional(number)
    security_group_id = optional(string)
    cidr_block        = optional(string)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for to in values(var.egress) : (to.security_group_id == null) != (to.cidr_block == null)])
    error_message = "Each egress names a security group or a CIDR block, one of them."
  }
  validation {
    condition     = var.database.login != "secret" && var.sink_secret == null || try(var.egress.secrets.port == 443, false)
    error_message = "The function reads a secret, so it must reach Secrets Manager: name in egress, as secrets with port 443, the security group of its VPC endpoint, or a CIDR block behind a NAT gateway. OpenSearch's own port 443 is not it."
  }
}

variable "msk" {
  description = "The Amazon MSK cluster, whose topic is read with a login by IAM. Either this or kafka."
  type = object({
    cluster_arn        = string
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null
  validation {
    condition     = var.msk == null || can(regex("^arn:[a-z-]+:kafka:[a-z0-9-]+:[0-9]{12}:cluster/[^/*]+/[^/*]+$", var.msk.cluster_arn))
    error_message = "msk.cluster_arn is the whole ARN of the MSK cluster."
  }
}

variable "kafka" {
  description = <<-TEXT
    A Kafka of your own. login is scram-512, scram-256, plain or tls-certificate with a secret of Secrets Manager, or none.
    Either this or msk.
  TEXT
  type = object({
    bootstrap_servers       = string
    subnet_ids              = list(string)
    security_group_ids      = list(string)
    login                   = optional(string, "scram-512")
    secret_arn              = optional(string)
    secret_kms_key_arn      = optional(string)
    root_certificate_secret = optional(string)
  })
  default = null
  validation {
    condition     = (var.kafka == null) != (var.msk == null)
    error_message = "Say where the events come from: msk or kafka, one of them."
  }
  validation {
    condition     = var.kafka == null || contains(["scram-512", "scram-256", "plain", "tls-certificate", "none"], try(var.kafka.login, ""))
    error_message = "Kafka's login is scram-512, scram-256, plain, tls-certificate or none."
  }
  validation {
    condition     = var.kafka == null || (try(var.kafka.login, "") == "none") == (try(var.kafka.secret_arn, null) == null)
    error_message = "Kafka's login needs secret_arn, the ARN of its secret; login = \"none\" needs none."
  }
}

variable "topic" {
  description = "The topic of the events."
  type        = string
  nullable    = false
}

variable "consumer_group" {
  description = "The group in Kafka; the consumer's name by default. It cannot be changed later."
  type        = string
  default     = null
}

variable "starting_position" {
  description = "Where a group without offsets begins: TRIM_HORIZON, the oldest record, or LATEST."
  type        = string
  default     = "TRIM_HORIZON"
  nullable    = false
  validation {
    condition     = contains(["TRIM_HORIZON", "LATEST"], var.starting_position)
    error_message = "The starting position is TRIM_HORIZON or LATEST. With LATEST, what is in the topic already has no effect."
  }
}

variable "enabled" {
  description = "Whether the mapping polls."
  type        = bool
  default     = true
  nullable    = false
}

variable "batch_size" {
  description = "The most records of an invocation, whose events of different keys share a database transaction."
  type        = number
  default     = 500
  nullable    = false
  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 10000
    error_message = "The batch size is 1 to 10000 records."
  }
}

variable "batching_window_seconds" {
  description = "How long a batch is collected."
  type        = number
  default     = 0
  nullable    = false
  validation {
    condition     = var.batching_window_seconds >= 0 && var.batching_window_seconds <= 300
    error_message = "The batching window is 0 to 300 seconds."
  }
}

variable "pollers" {
  description = "Provisioned pollers: how many at least and at most. Only with them does Lambda retry what the function reports, instead of losing it."
  type = object({
    minimum = optional(number, 1)
    maximum = optional(number, 4)
  })
  default  = {}
  nullable = false
  validation {
    condition     = var.pollers.minimum >= 1 && var.pollers.minimum <= 200 && var.pollers.maximum >= var.pollers.minimum && var.pollers.maximum <= 2000
    error_message = "There are 1 to 200 pollers at least, and up to 2000 at most, not fewer than the minimum."
  }
}

variable "filters" {
  description = "Patterns of Lambda's event filtering, of which a record must match one; the others count as processed. None by default: an event without interest costs the consumer nothing, and a filter that is wrong loses events."
  type        = list(string)
  default     = []
  nullable    = false
  validation {
    condition     = length(var.filters) <= 5 && alltrue([for filter in var.filters : can(jsondecode(filter))])
    error_message = "There are at most 5 filters, each a pattern in JSON."
  }
}

variable "give_up" {
  description = <<-TEXT
    When Lambda gives a record up, and where it puts it. null, for never, is what the consumer expects: it decides itself what
    is a dead letter, and reports only what has to wait. retry_attempts is 0 to 10000, the most that AWS takes and the
    default; record_age_seconds 60 to 604800, or -1 for any age; what is reached first counts. on_failure_arn is an SQS queue,
    an SNS topic or an S3 bucket, of which only the bucket gets the records themselves.
  TEXT
  type = object({
    retry_attempts     = optional(number, 10000)
    record_age_seconds = optional(number, -1)
    on_failure_arn     = string
  })
  default = null
  validation {
    condition     = var.give_up == null || try(var.give_up.retry_attempts >= 0 && var.give_up.retry_attempts <= 10000, false)
    error_message = "give_up.retry_attempts is 0 to 10000. It is not -1, for no limit: Lambda takes that for 10 as soon as there is a destination, and a short outage could be enough to give records up."
  }
  validation {
    condition = var.give_up == null || try(
      var.give_up.record_age_seconds == -1 || (var.give_up.record_age_seconds >= 60 && var.give_up.record_age_seconds <= 604800), false
    )
    error_message = "give_up.record_age_seconds is 60 to 604800, or -1 for no limit."
  }
  validation {
    condition     = var.give_up == null || can(regex("^arn:[a-z-]+:(sqs|sns|s3):[^*]+$", var.give_up.on_failure_arn))
    error_message = "give_up.on_failure_arn is the ARN of an SQS queue, an SNS topic or an S3 bucket. (Lambda knows Kafka topics too; this version of the provider takes only ARNs.)"
  }
}

variable "vpc_id" {
  description = "The VPC of the function's subnets."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets for the function, in at least two availability zones."
  type        = list(string)
  nullable    = false
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
