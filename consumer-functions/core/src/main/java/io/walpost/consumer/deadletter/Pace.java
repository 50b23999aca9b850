package io.walpost.consumer.deadletter;

import io.walpost.consumer.Patience;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets through so many a second, evenly. What was not used is not saved up. Owned by one thread. */
final class Pace {

    private final long nanosBetween;
    private long next = System.nanoTime();

    /** @param perSecond infinite for no limit */
    Pace(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("The rate must be positive: " + perSecond);
        }
        this.nanosBetween = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    /** Waits for the next turn; true if the patience ends before it comes. */
    boolean endsBefore(Patience patience) {
        long wait = next - System.nanoTime();
        boolean over = wait > 0 ? patience.endsWithin(Duration.ofNanos(wait)) : patience.isOver();
        next = Math.max(next, System.nanoTime() - nanosBetween) + nanosBetween;
        return over;
    }
}
