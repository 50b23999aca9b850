package io.walpost.consumer.runtime.cli;

import io.quarkus.runtime.ShutdownEvent;
import io.walpost.consumer.Patience;
import io.walpost.consumer.Shutdown;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The patience of a command: until the process is told to end (Ctrl-C, SIGTERM), which then waits for the command, so that
 * it finishes its step and prints its report while the database is still connected.
 */
@Singleton
class CommandStop implements Patience {

    private static final long SECONDS = 60;

    private final Shutdown shutdown = new Shutdown();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isUsed;

    /** The patience of a command that is begun now. */
    Patience begin() {
        isUsed = true;
        return this;
    }

    void ended() {
        ended.countDown();
    }

    @Override
    public boolean isOver() {
        return shutdown.isOver();
    }

    @Override
    public boolean endsWithin(Duration delay) {
        return shutdown.endsWithin(delay);
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) ShutdownEvent event)
            throws InterruptedException {
        shutdown.begin();
        if (isUsed) {
            ended.await(SECONDS, TimeUnit.SECONDS);
        }
    }
}
