/**
 * The only code that knows the Kafka producer. {@link io.walpost.relay.publish.EventPublisher} is the seam: it takes an
 * event without ever blocking, and says later whether the event is durable.
 */
package io.walpost.relay.publish;
