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
  description = "Private subnets in at least two availability zones, from which database and Kafka are reached."
  type        = list(string)
}

variable "database" {
  description = "The database: its identifier, address and security group, what it may grow to, and the ARN of the secret with the relay's username and password."
  type = object({
    identifier        = string
    engine            = optional(string, "postgres")
    engine_version    = string
    host              = string
    name              = string
    resource_id       = string
    security_group_id = string
    storage_gb        = number
    relay_secret_arn  = string
  })
}

variable "kafka" {
  description = "The MSK cluster: its ARN, addresses for IAM, and security group."
  type = object({
    cluster_arn       = string
    bootstrap_servers = string
    security_group_id = string
  })
}

variable "secrets_endpoint" {
  description = <<-TEXT
    How the relay reaches Secrets Manager: the security group of the VPC's endpoint, which gets a rule that lets the relay in, or
    a cidr_block behind a NAT gateway. Only for a VPC that has neither: create = true makes an endpoint, which changes the
    DNS of the whole VPC, so that only the relay and the security groups in clients reach Secrets Manager.
  TEXT
  type = object({
    create            = optional(bool, false)
    clients           = optional(map(string), {})
    security_group_id = optional(string)
    cidr_block        = optional(string)
  })
}

variable "certificates_layer_arn" {
  description = "A layer with the certificates of Amazon RDS as /opt/rds.pem; see the README."
  type        = string
}

variable "alarm_topic_arn" {
  description = "The SNS topic of the alarms."
  type        = string
}

variable "artifact" {
  description = "The relay's zip, from this folder; ./walpost package builds it."
  type        = string
  default     = "../../../relay-function/lambda/target/function.zip"
}

variable "relay_mode" {
  description = "drain or continuous."
  type        = string
  default     = "drain"
}

variable "relay_enabled" {
  description = "Whether the relay is invoked; false is a step of taking it down, see the output teardown."
  type        = bool
  default     = true
}

variable "relay_present" {
  description = "Whether there is a relay. false is the last step of taking it down, and leaves the alarms on the database."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  default     = {}
}
