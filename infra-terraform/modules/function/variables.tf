variable "name" {
  description = "The function's name, and the beginning of the names of all that belongs to it."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{1,39}$", var.name))
    error_message = "A function's name has 2 to 40 letters, digits and hyphens, and begins with a letter."
  }
}

variable "description" {
  description = "What the function does."
  type        = string
  nullable    = false
}

variable "artifact" {
  description = "The path of the function's zip."
  type        = string
  nullable    = false
  validation {
    condition     = fileexists(var.artifact)
    error_message = "The function's zip is not there. Build it with ./walpost package, or correct the path."
  }
}

variable "architecture" {
  description = "The processor: arm64 or x86_64. The zips run on both."
  type        = string
  nullable    = false
  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "The architecture is arm64 or x86_64."
  }
}

variable "memory_mb" {
  description = "The function's memory in MB, which also decides about its share of a processor."
  type        = number
  nullable    = false
  validation {
    condition     = var.memory_mb >= 256 && var.memory_mb <= 10240
    error_message = "The memory is 256 to 10240 MB; with less a JVM does not come up in time."
  }
}

variable "timeout_seconds" {
  description = "How long an invocation may take."
  type        = number
  nullable    = false
}

variable "reserved_concurrency" {
  description = "How many invocations may run at once; -1 leaves it to the account's limit."
  type        = number
  default     = -1
  nullable    = false
}

variable "environment" {
  description = "The settings, as environment variables. Secrets do not belong here, their ARNs do."
  type        = map(string)
  nullable    = false
  # The names of secrets in Secrets Manager, and of files, are none. Quarkus takes names in lower case too.
  validation {
    condition = alltrue([
      for name in [for name in keys(var.environment) : upper(name)] :
      !can(regex("PASSWORD|PASSPHRASE|CREDENTIALS|PRIVATE_KEY|ACCESS_KEY|(KEYSTORE_KEY|SECRET|TOKEN)$", name))
      || can(regex("(PROVIDER|PROVIDER_NAME)$", name))
      || contains(["WALPOST_CONSUMER_LAMBDA_SINK_SECRET", "WALPOST_RELAY_POSTGRES_SECRET"], name)
    ])
    error_message = "A secret does not belong into the environment, where state and console show it. Name it by its ARN instead."
  }
  validation {
    condition     = !anytrue([for value in values(var.environment) : can(regex("://[^/?#\\s]*:[^/?#\\s]+@|(?i)[?&](ssl)?password=", value))])
    error_message = "An address in the environment has no password, which state and console would show. Name the secret by its ARN instead; a consumer's sink has sink_secret."
  }
  validation {
    condition     = !anytrue([for value in values(var.environment) : can(regex("PRIVATE KEY-----", value))])
    error_message = "A private key does not belong into the environment, where state and console show it."
  }
  validation {
    condition = !anytrue([
      for name, value in var.environment :
      (endswith(upper(name), "JAAS_CONFIG") || can(regex("LoginModule\\s", value))) && can(regex("(?i)password|passphrase|secret", value))
    ])
    error_message = "A line of JAAS in the environment has neither a password nor a secret, which state and console would show."
  }
}

variable "layers" {
  description = "ARNs of layers, such as one with the certificates of Amazon RDS."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "log_group" {
  description = "The log group that the function writes to, as the module observability makes it."
  type = object({
    name = string
    arn  = string
  })
  nullable = false
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets, in at least two availability zones, in which the function's network interfaces are."
  type        = list(string)
  nullable    = false
  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Name subnets in at least two availability zones, so that the function survives the loss of one."
  }
}

variable "egress" {
  description = "Where the function may connect to: each a port, and a security group or a CIDR block."
  type = map(object({
    port              = number
    to_port           = optional(number)
    security_group_id = optional(string)
    cidr_block        = optional(string)
  }))
  nullable = false
  validation {
    condition = length(var.egress) == length(distinct([
      for to in values(var.egress) : merge(to, { to_port = coalesce(to.to_port, to.port) })
    ]))
    error_message = "Two entries of egress are the same rule, which AWS refuses: name what has the same port and the same group once."
  }
}

variable "poller_network" {
  description = "Subnets and security groups in which the pollers of an event source have network interfaces, with the function's role."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default  = { subnet_ids = [], security_group_ids = [] }
  nullable = false
}

variable "secrets" {
  description = "Secrets of AWS Secrets Manager that the function may read."
  type = map(object({
    arn         = string
    kms_key_arn = optional(string)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for secret in values(var.secrets) : can(regex("^arn:[a-z-]+:secretsmanager:[^*]+$", secret.arn))])
    error_message = "A secret is named by its whole ARN in AWS Secrets Manager, without a wildcard."
  }
}

variable "policies" {
  description = "What else the function may do: policy documents by name."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  nullable    = false
}
