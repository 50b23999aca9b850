package io.walpost.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops a relay when its time is over, or when another thread asks for it. */
public final class UntilDeadline implements StopSignal {

    private final Optional<Duration> limit;
    private final long start = System.nanoTime();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** @param limit how long the relay may run, from now; empty for as long as nobody interrupts it */
    public UntilDeadline(Optional<Duration> limit) {
        this.limit = limit;
    }

    /** Requests the stop at once; from any thread. */
    public void interrupt() {
        interrupted.countDown();
    }

    @Override
    public boolean requested() {
        return interrupted.getCount() == 0
                || left().filter(rest -> !rest.isPositive()).isPresent();
    }

    private Optional<Duration> left() {
        return limit.map(all -> all.minusNanos(System.nanoTime() - start));
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        Duration shortest = left().filter(rest -> rest.compareTo(time) < 0).orElse(time);
        interrupted.await(Math.max(0, shortest.toNanos()), TimeUnit.NANOSECONDS);
        return requested();
    }
}
