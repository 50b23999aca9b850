/**
 * Passwords that AWS has: secrets of Secrets Manager, and tokens of IAM database authentication. Nothing of AWS's SDK is
 * loaded, and nothing asked, before the first password is needed; nothing is kept, so that none is old.
 */
package io.walpost.aws.credentials;
