package io.walpost.relay.backfill;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a run has come.
 *
 * @param phase what it is doing
 * @param done rows or events, of those of this phase; published events count when they are acknowledged
 * @param total how many there are
 * @param perSecond how many came to be done in a second, since the phase began
 */
public record Progress(Phase phase, long done, long total, double perSecond) {

    /** What a run does, in this order. */
    public enum Phase {
        READING_KEYS,
        WAITING_FOR_RELAY,
        READING_TOPICS,
        PUBLISHING
    }

    /** How long the rest of the phase will take at this rate; empty if nothing moved yet. */
    public Optional<Duration> remaining() {
        return perSecond > 0
                ? Optional.of(Duration.ofSeconds(Math.round((total - done) / perSecond)))
                : Optional.empty();
    }
}
