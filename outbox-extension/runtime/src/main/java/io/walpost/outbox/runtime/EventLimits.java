package io.walpost.outbox.runtime;

import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Singleton;

/** Refuses an event that could be written but not published, or not written as it is. */
@Singleton
class EventLimits {

    private final long maxPayloadBytes;

    EventLimits(OutboxConfig config) {
        maxPayloadBytes = config.maxPayloadSize().asLongValue();
    }

    /** @throws IllegalArgumentException saying what to change; never with the payload in it */
    void check(OutboxEvent event) {
        StorableText.requireStorable("aggregateId", event.aggregateId());
        StorableText.requireStorable("type", event.type());
        if (event.payload() == null) {
            return;
        }
        long bytes = StorableText.requireStorable("payload", event.payload());
        if (bytes > maxPayloadBytes) {
            throw new IllegalArgumentException("the payload of " + event + " has " + bytes + " bytes, and "
                    + maxPayloadBytes + " are allowed: publish a reference to the data instead, or raise"
                    + " walpost.outbox.max-payload-size and what Kafka accepts");
        }
    }
}
