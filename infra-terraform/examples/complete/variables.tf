variable "name" {
  description = "What everything is named after."
  type        = string
  default     = "orders"
}

variable "region" {
  description = "The region of AWS."
  type        = string
  default     = "eu-central-1"
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in three availability zones."
  type        = list(string)
}

variable "application_security_group_id" {
  description = "The security group of the order service, which writes to the database."
  type        = string
}

variable "certificates_layer_arn" {
  description = "A layer with the certificates of Amazon RDS as /opt/rds.pem; see the README."
  type        = string
}

variable "alarm_topic_arn" {
  description = "The SNS topic of the alarms."
  type        = string
}

variable "relay_mode" {
  description = "drain or continuous."
  type        = string
  default     = "continuous"
}

variable "relay_enabled" {
  description = "Whether the relay is invoked; false is a step of taking it down, see the output teardown."
  type        = bool
  default     = true
}

variable "search" {
  description = "The OpenSearch domain of the search index; null for none. secret has the login, and is read through a VPC endpoint of Secrets Manager."
  type = object({
    url               = string
    security_group_id = string
    secret = optional(object({
      arn                        = string
      kms_key_arn                = optional(string)
      endpoint_security_group_id = string
    }))
  })
  default = null
}

variable "cache" {
  description = "The Redis of the cache; null for none. secret as for search."
  type = object({
    url               = string
    port              = optional(number, 6379)
    security_group_id = string
    secret = optional(object({
      arn                        = string
      kms_key_arn                = optional(string)
      endpoint_security_group_id = string
    }))
  })
  default = null
}

variable "artifacts" {
  description = "The functions' zips, from this folder; ./walpost package builds them."
  type        = map(string)
  default = {
    relay              = "../../../relay-function/lambda/target/function.zip"
    billing            = "../../../consumer-functions/billing-lambda/target/function.zip"
    search             = "../../../consumer-functions/search-lambda/target/function.zip"
    cache-invalidation = "../../../consumer-functions/cache-lambda/target/function.zip"
  }
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  default     = {}
}
