module "login" {
  source = "../../modules/login"
  for_each = {
    login        = merge(local.database, { login = "password" })
    secret       = merge(local.database, { login = "secret" })
    resource     = merge(local.database, { resource_id = "shop" })
    sslmode      = merge(local.database, { sslmode = "disable" })
    certificates = merge(local.database, { sslmode = "verify-full" })
  }

  database = each.value
}
