package io.walpost.relay.faults;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps writers together at so many events a second, and does not make up for a time in which they could not write. */
final class Rate {

    private final long nanosPerEvent;
    private long free = System.nanoTime();

    Rate(int eventsPerSecond) {
        nanosPerEvent = TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
    }

    /** Waits until the time for events that were written is over. */
    void await(int events) {
        long until = take(events);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private synchronized long take(int events) {
        long now = System.nanoTime();
        free = (free - now > 0 ? free : now) + events * nanosPerEvent;
        return free;
    }
}
