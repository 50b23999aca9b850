/** What stands in for AWS Lambda: Lambda's own runtime, in the unpacked function.zip, against a Runtime API server. */
package io.walpost.localstack.lambda;
