/**
 * What stands in for AWS when a function is tested: {@link io.walpost.consumer.lambda.testing.LambdaFunction} runs a
 * function.zip with the runtime that Lambda itself runs it with, and
 * {@link io.walpost.consumer.lambda.testing.EventSourceMapping} feeds it from a real Kafka.
 */
package io.walpost.consumer.lambda.testing;
