locals {
  access_types = {
    scram-512       = "SASL_SCRAM_512_AUTH"
    scram-256       = "SASL_SCRAM_256_AUTH"
    plain           = "BASIC_AUTH"
    tls-certificate = "CLIENT_CERTIFICATE_TLS_AUTH"
  }
  access = var.kafka == null ? [] : concat(
    [for id in var.kafka.subnet_ids : { type = "VPC_SUBNET", uri = "subnet:${id}" }],
    [for id in var.kafka.security_group_ids : { type = "VPC_SECURITY_GROUP", uri = "security_group:${id}" }],
    var.kafka.login == "none" ? [] : [{ type = local.access_types[var.kafka.login], uri = var.kafka.secret_arn }],
    var.kafka.root_certificate_secret == null ? [] : [{ type = "SERVER_ROOT_CA_CERTIFICATE", uri = var.kafka.root_certificate_secret }],
  )
}

resource "aws_lambda_event_source_mapping" "this" {
  function_name = module.function.alias_arn
  enabled       = var.enabled

  event_source_arn  = try(var.msk.cluster_arn, null)
  topics            = [var.topic]
  starting_position = var.starting_position

  batch_size                         = var.batch_size
  maximum_batching_window_in_seconds = var.batching_window_seconds

  # The function answers with the records that have to come again. Without provisioned pollers Lambda ignores the answer,
  # takes the batch for processed, and those records are lost.
  function_response_types = ["ReportBatchItemFailures"]
  provisioned_poller_config {
    minimum_pollers = var.pollers.minimum
    maximum_pollers = var.pollers.maximum
  }

  # If a record makes the process end, halves of halves show which one. Without end it is only while there is no destination:
  # with one, -1 retries are 10.
  bisect_batch_on_function_error = true
  maximum_retry_attempts         = try(var.give_up.retry_attempts, -1)
  maximum_record_age_in_seconds  = try(var.give_up.record_age_seconds, -1)

  dynamic "amazon_managed_kafka_event_source_config" {
    for_each = var.msk == null ? [] : [local.group]
    content {
      consumer_group_id = amazon_managed_kafka_event_source_config.value
    }
  }

  dynamic "self_managed_event_source" {
    for_each = var.kafka == null ? [] : [var.kafka.bootstrap_servers]
    content {
      endpoints = { KAFKA_BOOTSTRAP_SERVERS = self_managed_event_source.value }
    }
  }

  dynamic "self_managed_kafka_event_source_config" {
    for_each = var.kafka == null ? [] : [local.group]
    content {
      consumer_group_id = self_managed_kafka_event_source_config.value
    }
  }

  dynamic "source_access_configuration" {
    for_each = { for access in local.access : "${access.type} ${access.uri}" => access }
    content {
      type = source_access_configuration.value.type
      uri  = source_access_configuration.value.uri
    }
  }

  dynamic "filter_criteria" {
    for_each = length(var.filters) > 0 ? [var.filters] : []
    content {
      dynamic "filter" {
        for_each = filter_criteria.value
        content {
          pattern = filter.value
        }
      }
    }
  }

  dynamic "destination_config" {
    for_each = var.give_up == null ? [] : [var.give_up.on_failure_arn]
    content {
      on_failure {
        destination_arn = destination_config.value
      }
    }
  }

  tags = local.tags
}
