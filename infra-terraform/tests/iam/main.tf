# Looks for wildcards in policies. What is allowed to have one is listed here, with the reason.

variable "policies" {
  description = "Policy documents by name."
  type        = map(string)
}

locals {
  statements = flatten([
    for name, policy in var.policies : [
      for statement in flatten([jsondecode(policy).Statement]) : {
        policy     = name
        name       = "${name}/${try(statement.Sid, "?")}"
        allows     = statement.Effect == "Allow"
        actions    = flatten([try(statement.Action, [])])
        resources  = flatten([try(statement.Resource, [])])
        principals = flatten([for principal in values(try(statement.Principal, {})) : principal])
        denies_code = (
          statement.Effect == "Deny" && contains(flatten([try(statement.Resource, [])]), "*")
          && contains(try(keys(statement.Condition.ArnEquals), []), "lambda:SourceFunctionArn")
        )
        negated = can(statement.NotAction) || can(statement.NotResource) || can(statement.NotPrincipal)
        open    = try(statement.Principal, null) == "*"
      }
    ]
  ])
  allowing = [for statement in local.statements : statement if statement.allows]

  # EC2 knows no resources for these.
  without_resource = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]

  # Lambda looks whether the role may do these before it makes a function, and names no interface then. Only Lambda itself
  # may: the same policy denies them to the function's code.
  without_interface = ["ec2:AssignPrivateIpAddresses", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"]
  denied_to_code = { for name in keys(var.policies) : name => flatten([
    for statement in local.statements : statement.actions if statement.policy == name && statement.denies_code
  ]) }

  # Ids that are not known beforehand.
  open_ended = [
    "^arn:[a-z-]+:logs:[a-z0-9-]+:[0-9]{12}:log-group:[^*]+:\\*$",          # log streams, named by Lambda
    "^arn:[a-z-]+:ec2:[a-z0-9-]+:[0-9]{12}:network-interface/\\*$",         # interfaces that Lambda makes
    "^arn:[a-z-]+:kafka:[a-z0-9-]+:[0-9]{12}:topic/[^*]+/[^*]+/[^/*]+\\*$", # topics of aggregate types, by their prefix
    "^arn:[a-z-]+:kafka:[a-z0-9-]+:[0-9]{12}:transactional-id/[^*]+-\\*$",  # the database's system identifier
    "^arn:[a-z-]+:s3:::[^/*]+/aws/lambda/\\*$",                             # objects, named by Lambda
  ]
}

output "count" {
  description = "How many statements allow something."
  value       = length(local.allowing)
}

output "actions" {
  description = "All that is allowed."
  value       = sort(distinct(flatten([for statement in local.allowing : statement.actions])))
}

output "findings" {
  description = "What is too wide, in words."
  value = concat(
    [for statement in local.allowing : "${statement.name} allows everything but something" if statement.negated],
    [for statement in local.allowing : "${statement.name} is open to everybody" if statement.open || contains(statement.principals, "*")],
    flatten([for statement in local.allowing : [
      for action in statement.actions : "${statement.name} allows ${action}" if strcontains(action, "*")
    ]]),
    flatten([for statement in local.allowing : [
      for resource in statement.resources : "${statement.name} allows it on ${resource}"
      if strcontains(resource, "*")
      && !anytrue([for pattern in local.open_ended : can(regex(pattern, resource))])
      && !(resource == "*" && length(setsubtract(
        statement.actions,
        concat(local.without_resource, tolist(setintersection(local.without_interface, local.denied_to_code[statement.policy]))),
      )) == 0)
    ]]),
  )
}
