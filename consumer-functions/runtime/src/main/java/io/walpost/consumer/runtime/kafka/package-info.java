/** The binding to Kafka: batches by SmallRye Reactive Messaging, dead letters by a producer of its own. */
package io.walpost.consumer.runtime.kafka;
