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
  validation {
    condition     = contains(["secret", "iam"], var.database.login)
    error_message = "The database's login is secret or iam. A password does not belong into Terraform, whose state would show it."
  }
  validation {
    condition     = var.database.login != "secret" || var.database.secret_arn != null
    error_message = "With login = \"secret\" the database needs secret_arn, the ARN of the secret with the role's username and password."
  }
  validation {
    condition     = var.database.login != "iam" || can(regex("^(db|cluster)-[A-Z0-9]+$", var.database.resource_id))
    error_message = "With login = \"iam\" the database needs resource_id, as db-ABC… of an instance or cluster-ABC… of a cluster."
  }
  validation {
    condition     = contains(["require", "verify-ca", "verify-full"], var.database.sslmode)
    error_message = "The database's sslmode is verify-full, verify-ca or require; without TLS nothing connects."
  }
  validation {
    condition     = var.database.sslmode == "require" || var.database.root_certificate != null
    error_message = "To verify the database's certificate the function needs those of Amazon RDS: name their path in root_certificate, as /opt/rds.pem of a layer, or set sslmode = \"require\" and go without."
  }
}
