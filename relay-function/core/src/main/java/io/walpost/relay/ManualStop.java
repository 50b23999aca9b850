package io.walpost.relay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A stop that another thread requests. */
public final class ManualStop implements StopSignal {

    private final CountDownLatch latch = new CountDownLatch(1);

    /** Requests the stop; may be called repeatedly and from any thread. */
    public void request() {
        latch.countDown();
    }

    @Override
    public boolean requested() {
        return latch.getCount() == 0;
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
