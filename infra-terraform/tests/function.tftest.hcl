# Real plans without AWS, as in relay.tftest.hcl: what may be in the environment, and the secrets that may not.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

variables {
  name            = "shop-relay"
  description     = "A function"
  artifact        = "./tests/fixtures/function.zip"
  architecture    = "arm64"
  memory_mb       = 1024
  timeout_seconds = 60
  vpc_id          = "vpc-0000000000000001"
  subnet_ids      = ["subnet-0000000000000001", "subnet-0000000000000002"]
  egress          = {}
  tags            = {}
  log_group = {
    name = "/aws/lambda/shop-relay"
    arn  = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/shop-relay"
  }
}

run "names_of_secrets" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      WALPOST_CONSUMER_LAMBDA_SINK_SECRET          = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf"
      WALPOST_RELAY_POSTGRES_SECRET                = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:relay-AbCdEf"
      SHOP_SECRET_ID                               = "shop"
      WALPOST_RELAY_ENDPOINT_TOKEN_FILE            = "/opt/token"
      WALPOST_RELAY_POISON_NO_KEY                  = "retry"
      WALPOST_CACHE_KEY_PREFIX                     = "shop:"
      QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER      = "billing"
      QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER_NAME = "aws-iam"
    }
  }

  assert {
    condition     = length(output.environment) == 8
    error_message = "What names a secret is none."
  }
}

run "addresses" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      QUARKUS_DATASOURCE_JDBC_URL         = "jdbc:postgresql://one.example.internal:5432,two.example.internal:5432/shop?sslmode=verify-full&options=a@b"
      QUARKUS_REDIS_HOSTS                 = "redis://one.example.internal:6379,redis://two.example.internal:6379"
      WALPOST_SEARCH_URL                  = "https://search.example.internal:9200/a:b@c"
      KAFKA_BOOTSTRAP_SERVERS             = "b-1.example.internal:9098,b-2.example.internal:9098"
      KAFKA_SASL_JAAS_CONFIG              = "software.amazon.msk.auth.iam.IAMLoginModule required;"
      KAFKA_SSL_TRUSTSTORE_CERTIFICATES   = "-----BEGIN CERTIFICATE-----"
      WALPOST_CONSUMER_DEAD_LETTERS_TOPIC = "shop.dead-letter"
    }
  }

  assert {
    condition     = length(output.environment) == 7
    error_message = "Addresses without a password, a login by IAM and certificates may be there."
  }
}

run "password" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      WALPOST_SEARCH_PASSWORD = "x"
    }
  }

  expect_failures = [var.environment]
}

run "password_in_lower_case" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      walpost_search_password = "x"
    }
  }

  expect_failures = [var.environment]
}

run "key_of_a_keystore" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      KAFKA_SSL_KEYSTORE_KEY = "x"
    }
  }

  expect_failures = [var.environment]
}

run "secret" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      OAUTH_CLIENT_SECRET = "x"
    }
  }

  expect_failures = [var.environment]
}

run "token" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      WALPOST_RELAY_ENDPOINT_TOKEN = "x"
    }
  }

  expect_failures = [var.environment]
}

run "password_of_redis" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      QUARKUS_REDIS_HOSTS = "redis://one.example.internal:6379,redis://:x@two.example.internal:6379"
    }
  }

  expect_failures = [var.environment]
}

run "login_of_opensearch" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      WALPOST_SEARCH_URL = "https://search:x@search.example.internal"
    }
  }

  expect_failures = [var.environment]
}

run "password_of_a_jdbc_url" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      QUARKUS_DATASOURCE_JDBC_URL = "jdbc:postgresql://db.example.internal:5432/shop?user=billing&password=x"
    }
  }

  expect_failures = [var.environment]
}

run "private_key" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      KAFKA_SSL_KEYSTORE_PEM = "-----BEGIN ENCRYPTED PRIVATE KEY-----"
    }
  }

  expect_failures = [var.environment]
}

run "jaas_with_a_password" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      KAFKA_SASL_JAAS_CONFIG = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"relay\" password=\"x\";"
    }
  }

  expect_failures = [var.environment]
}

run "jaas_with_a_secret" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      KAFKA_SASL_JAAS_CONFIG = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"relay\" clientSecret=\"x\";"
    }
  }

  expect_failures = [var.environment]
}

run "jaas_by_another_name" {
  command = plan
  module { source = "./modules/function" }
  variables {
    environment = {
      KAFKA_LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"relay\" password=\"x\";"
    }
  }

  expect_failures = [var.environment]
}
