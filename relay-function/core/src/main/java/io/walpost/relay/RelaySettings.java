package io.walpost.relay;

import java.time.Duration;

/**
 * How the relay paces itself.
 *
 * @param maxInFlightEvents how many events may be published and not yet confirmed with their transaction, unless
 *     one transaction is larger; at least 1
 * @param maxInFlightBytes how many bytes may be published and not yet acknowledged, before compression; one larger event still passes, alone; at least 1
 * @param confirmInterval how long an acknowledged position may wait until it is confirmed to the slot; not negative
 * @param drainTimeout how long a stop, or a new start of the stream, waits for events in flight; not negative
 * @param stallTimeout how long nothing may move, though it should, before everything is started anew; at least 10 s
 * @param minBackoff the pause after a first failure; positive
 * @param maxBackoff the longest pause; at least {@code minBackoff}
 */
public record RelaySettings(
        int maxInFlightEvents,
        long maxInFlightBytes,
        Duration confirmInterval,
        Duration drainTimeout,
        Duration stallTimeout,
        Duration minBackoff,
        Duration maxBackoff) {

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public RelaySettings {
        require(maxInFlightEvents >= 1, "in-flight.events must be at least 1");
        require(maxInFlightBytes >= 1, "in-flight.bytes must be at least 1");
        require(!confirmInterval.isNegative(), "confirm-interval must not be negative");
        require(!drainTimeout.isNegative(), "drain-timeout must not be negative");
        require(stallTimeout.compareTo(Duration.ofSeconds(10)) >= 0, "stall-timeout must be at least 10s");
        require(minBackoff.isPositive(), "backoff.min must be positive");
        require(maxBackoff.compareTo(minBackoff) >= 0, "backoff.max must not be below backoff.min");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("walpost.relay." + otherwise);
        }
    }
}
