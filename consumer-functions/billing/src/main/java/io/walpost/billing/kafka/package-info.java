/** The binding to Kafka by SmallRye Reactive Messaging; the only code of billing that knows it. */
package io.walpost.billing.kafka;
