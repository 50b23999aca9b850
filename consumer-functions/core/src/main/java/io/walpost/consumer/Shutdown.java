package io.walpost.consumer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells all parts of a consumer at once that it stops: who waits returns, and nothing new is begun. What is under way is
 * not disturbed.
 */
public final class Shutdown {

    private final CountDownLatch begun = new CountDownLatch(1);

    /** To be called before the binding stops, which waits for the records that it has handed over. */
    public void begin() {
        begun.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /** Waits for so long; true at once if the shutdown begins meanwhile, or the thread is interrupted. */
    boolean beginsWithin(Duration delay) {
        try {
            return begun.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What becomes of a record that is not to be begun, or not to be finished, any more. */
    static Outcome.Retry outcome() {
        return new Outcome.Retry(new InterruptedException("The consumer is stopped"), Failure.STOPPED);
    }
}
