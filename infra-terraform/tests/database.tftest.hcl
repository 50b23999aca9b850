# Real plans without AWS, as in relay.tftest.hcl.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variables {
  name          = "shop"
  database_name = "shop"
  vpc_id        = "vpc-0000000000000001"
  subnet_ids    = ["subnet-0000000000000001", "subnet-0000000000000002"]
  clients       = { relay = "sg-0000000000000001" }
}

run "rds" {
  command = plan
  module { source = "./modules/database" }

  assert {
    condition     = output.parameters["rds.logical_replication"] == "1" && output.parameters["rds.force_ssl"] == "1" && output.parameters["rds.iam_auth_for_replication"] == "1"
    error_message = "Logical replication, TLS, and replication by IAM are on."
  }
  assert {
    condition     = output.parameters["max_slot_wal_keep_size"] == "51200"
    error_message = "What slots hold back has a limit, in MB."
  }
  assert {
    condition     = aws_db_parameter_group.this[0].family == "postgres17"
    error_message = "The family is that of the version."
  }
  assert {
    condition     = aws_db_instance.this[0].engine_version == "17" && aws_db_instance.this[0].auto_minor_version_upgrade
    error_message = "Without a minor version AWS chooses it, and upgrades it."
  }
  assert {
    condition     = aws_db_instance.this[0].manage_master_user_password && aws_db_instance.this[0].password == null
    error_message = "RDS keeps the administrator's password; Terraform never has it."
  }
  assert {
    condition     = aws_db_instance.this[0].storage_encrypted && !aws_db_instance.this[0].publicly_accessible && aws_db_instance.this[0].deletion_protection
    error_message = "The database is encrypted, private and protected."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.clients["relay"].referenced_security_group_id == "sg-0000000000000001"
    error_message = "The relay may connect."
  }
}

run "pinned" {
  command = plan
  module { source = "./modules/database" }
  variables { engine_version = "17.4" }

  assert {
    condition     = aws_db_instance.this[0].engine_version == "17.4" && !aws_db_instance.this[0].auto_minor_version_upgrade
    error_message = "A minor version that is named stays: upgraded by AWS, it would be a downgrade in the next plan."
  }
}

run "failover" {
  command = plan
  module { source = "./modules/database" }
  variables {
    failover = { standby_slots = ["rds_eu_central_1_db_abc"] }
  }

  assert {
    condition     = output.parameters["sync_replication_slots"] == "1" && output.parameters["hot_standby_feedback"] == "1" && output.parameters["rds.logical_slot_sync_dbname"] == "shop" && output.parameters["synchronized_standby_slots"] == "rds_eu_central_1_db_abc"
    error_message = "Standbys keep the slot."
  }
}

run "aurora" {
  command = plan
  module { source = "./modules/database" }
  variables {
    engine         = "aurora-postgresql"
    engine_version = "16.6"
    instance_class = "db.r7g.large"
  }

  assert {
    condition     = aws_rds_cluster_parameter_group.this[0].family == "aurora-postgresql16" && length(aws_db_parameter_group.this) == 0
    error_message = "A cluster has a cluster's parameters."
  }
  assert {
    condition     = length(aws_rds_cluster_instance.this) == 2 && length(aws_db_instance.this) == 0
    error_message = "A cluster has a second instance to take over."
  }
  assert {
    condition     = alltrue([for instance in aws_rds_cluster_instance.this : !instance.auto_minor_version_upgrade])
    error_message = "A minor version that is named stays."
  }
  assert {
    condition     = aws_rds_cluster.this[0].manage_master_user_password
    error_message = "RDS keeps the administrator's password."
  }
}

run "existing" {
  command = plan
  module { source = "./modules/database" }
  variables {
    vpc_id     = null
    subnet_ids = []
    existing = {
      identifier        = "shop-db"
      host              = "shop-db.example.internal"
      resource_id       = "db-ABCDEFGHIJKLMNOP"
      security_group_id = "sg-0000000000000002"
      storage_gb        = 500
    }
  }

  assert {
    condition     = length(aws_db_instance.this) + length(aws_rds_cluster.this) + length(aws_security_group.this) == 0
    error_message = "A database that is there is not made."
  }
  assert {
    condition     = length(aws_db_parameter_group.this) == 1
    error_message = "Its parameter group is."
  }
  assert {
    condition     = output.host == "shop-db.example.internal" && output.admin_secret_arn == null
    error_message = "The outputs are those of the database."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.clients["relay"].security_group_id == "sg-0000000000000002"
    error_message = "Its security group admits the relay."
  }
}
