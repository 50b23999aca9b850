package io.walpost.demo.check;

import java.time.Duration;
import java.time.Instant;

/** An event as it was read from Kafka. */
public record Arrival(String eventId, long orderId, long version, String type, Instant committedAt, Instant readAt) {

    /** From the commit in the database to a consumer. */
    public Duration latency() {
        return Duration.between(committedAt, readAt);
    }
}
