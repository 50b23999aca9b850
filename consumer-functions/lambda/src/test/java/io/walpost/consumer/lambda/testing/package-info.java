/**
 * What stands in for the event source mapping when a function is tested:
 * {@link io.walpost.consumer.lambda.testing.EventSourceMapping} feeds it from a real Kafka.
 */
package io.walpost.consumer.lambda.testing;
