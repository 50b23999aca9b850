package io.walpost.consumer.runtime;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the consumer is behind, in time: the age of the oldest record in work, by the timestamp that it has in Kafka.
 * While there is a backlog something is always in work; with nothing in work nothing is known to be waiting.
 */
@Singleton
public class Lag {

    private final Clock clock = Clock.systemUTC();
    private volatile Optional<Instant> oldest = Optional.empty();

    /** A batch is begun whose oldest record has this timestamp. */
    public void working(Instant timestamp) {
        oldest = Optional.of(timestamp);
    }

    /** The batch is done with. */
    public void idle() {
        oldest = Optional.empty();
    }

    /** Zero if nothing is in work. */
    Duration behind() {
        return oldest.map(timestamp -> Duration.between(timestamp, clock.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }
}
