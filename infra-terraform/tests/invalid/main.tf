# Inputs that are refused. Each module here is a valid one, with values that one sentence of its variables forbids. The
# runner makes one plan of them all, and looks for every sentence of the modules' validations in what it says.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

# Whatever gets past its variables asks for the account, at an address where nobody answers.
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  max_retries                 = 1

  endpoints {
    sts = "http://127.0.0.1:9"
  }
}

locals {
  zip       = "${path.module}/../fixtures/function.zip"
  subnets   = ["subnet-1", "subnet-2", "subnet-3"]
  log_group = { name = "/aws/lambda/shop", arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/shop" }

  database = {
    host              = "db.example.internal"
    name              = "shop"
    user              = "relay"
    login             = "iam"
    resource_id       = "db-ABCDEFGHIJKLMNOP"
    sslmode           = "require"
    security_group_id = "sg-1"
  }
  kafka = {
    bootstrap_servers = "b-1.example.internal:9098"
    cluster_arn       = "arn:aws:kafka:eu-central-1:123456789012:cluster/shop/11111111-2222-3333-4444-555555555555-6"
    security_group_id = "sg-2"
  }
}
