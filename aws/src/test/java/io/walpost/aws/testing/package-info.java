/** What stands in for AWS when credentials are tested. */
package io.walpost.aws.testing;
