package io.walpost.relay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double from one failure to the next, each spread by chance over its upper half. */
final class Backoff {

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
        this.next = min;
    }

    Duration next() {
        Duration ceiling = next;
        next = min(ceiling.multipliedBy(2), max);
        long half = ceiling.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    /** After a success: the next failure is a first one again. */
    void reset() {
        next = min;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
