# What the relay and the consumers have in common: a Java function in a VPC, with a role, an alias and SnapStart.

resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = var.description
  role          = aws_iam_role.this.arn

  runtime          = "java21"
  handler          = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest"
  architectures    = [var.architecture]
  filename         = var.artifact
  source_code_hash = filebase64sha256(var.artifact)
  layers           = var.layers

  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency

  # SnapStart takes its snapshot of a published version; $LATEST has none.
  publish = true
  snap_start {
    apply_on = "PublishedVersions"
  }

  environment {
    variables = var.environment
  }

  logging_config {
    # The functions write CloudWatch's embedded metrics as lines of their own, which the format JSON would wrap.
    log_format = "Text"
    log_group  = var.log_group.name
  }

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [aws_security_group.this.id]
  }

  tags = var.tags

  # Lambda looks at the role's rights when the function is made, and needs them to remove its network interfaces.
  depends_on = [aws_iam_role_policy.base, aws_iam_role_policy.further]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that is in use; point it to an earlier one to go back"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}
