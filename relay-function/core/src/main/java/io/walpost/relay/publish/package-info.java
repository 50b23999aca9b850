/**
 * The only code that knows the Kafka producer. {@link io.walpost.relay.publish.EventPublisher} is the seam: it takes an
 * event without ever blocking, and says later whether the event is durable. There is one for each
 * {@link io.walpost.relay.publish.Delivery}: with an idempotent producer, or with transactions that carry the progress.
 */
package io.walpost.relay.publish;
