terraform {
  # 1.9 is the first that lets the validation of one variable look at another.
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
