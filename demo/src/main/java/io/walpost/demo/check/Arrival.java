package io.walpost.demo.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as it was read from Kafka.
 *
 * @param order the order as it then was, if the event says
 */
public record Arrival(
        String eventId,
        long orderId,
        long version,
        String type,
        Instant committedAt,
        Instant readAt,
        Optional<Account> order) {

    private static final String DELETION = "OrderDeleted";

    /** From the commit in the database to a consumer. */
    public Duration latency() {
        return Duration.between(committedAt, readAt);
    }

    boolean isDeletion() {
        return type.equals(DELETION);
    }
}
