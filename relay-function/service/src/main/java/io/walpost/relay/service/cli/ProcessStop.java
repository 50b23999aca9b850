package io.walpost.relay.service.cli;

import io.walpost.relay.ManualStop;
import io.walpost.relay.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A stop that is requested when the process is told to end (Ctrl-C, SIGTERM), which then waits until this is closed: what
 * is in flight is acknowledged, and the report is printed.
 */
final class ProcessStop implements StopSignal, AutoCloseable {

    private final ManualStop stop = new ManualStop();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /** @param patience how long the end of the process waits */
    ProcessStop(Duration patience) {
        hook = new Thread(() -> {
            stop.request();
            try {
                ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean requested() {
        return stop.requested();
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        return stop.await(time);
    }

    @Override
    public void close() {
        ended.countDown();
        if (!stop.requested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
