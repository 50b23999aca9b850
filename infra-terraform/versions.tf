# Only for the tests, which run here: terraform init -backend=false && terraform test. What you use are modules and examples.

terraform {
  # 1.11 is the first that can put values in the place of what a plan does not know yet.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
