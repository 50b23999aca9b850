package io.walpost.sample.orders.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** After a failure, the time in which nobody tries again. Safe for use by several threads. */
final class Rest {

    private final long nanos;

    /** When the rest ends, by {@link System#nanoTime}; null while all is well. */
    private final AtomicReference<Long> until = new AtomicReference<>();

    Rest(Duration duration) {
        this.nanos = duration.toNanos();
    }

    boolean isOn() {
        Long end = until.get();
        return end != null && System.nanoTime() - end < 0;
    }

    /** @return true if this is the first failure after a success, so that an outage is told once */
    boolean begin() {
        return until.getAndSet(System.nanoTime() + nanos) == null;
    }

    void end() {
        if (until.get() != null) {
            until.set(null);
        }
    }
}
