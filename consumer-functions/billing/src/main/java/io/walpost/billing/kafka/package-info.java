/** The binding to Kafka: records by SmallRye Reactive Messaging, dead letters by a producer of its own. */
package io.walpost.billing.kafka;
