package io.walpost.consumer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The patience of a service, and how it tells all parts of a consumer at once that it stops: who waits returns, and
 * nothing new is begun. What is under way is not disturbed.
 */
public final class Shutdown implements Patience {

    private final CountDownLatch begun = new CountDownLatch(1);

    /** To be called before the binding stops, which waits for the records that it has handed over. */
    public void begin() {
        begun.countDown();
    }

    @Override
    public boolean isOver() {
        return begun.getCount() == 0;
    }

    @Override
    public boolean endsWithin(Duration delay) {
        try {
            return begun.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
