package io.walpost.consumer.runtime;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.walpost.consumer.InboxPartitions;
import io.walpost.consumer.Shutdown;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What is done every so often beside the events: the inbox is kept in shape, and the dead letters are counted. */
@Singleton
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

    /** A round can take minutes, and the letters are counted meanwhile. */
    private static final int THREADS = 2;

    private final Shutdown shutdown = new Shutdown();
    private final InboxDesk inbox;
    private final boolean inboxIsMaintained;
    private final DeadLetterMetrics letters;
    private ScheduledExecutorService threads;

    Housekeeping(InboxDesk inbox, DeadLetterMetrics letters, ServiceSettings settings) {
        this.inbox = inbox;
        this.inboxIsMaintained = settings.inbox().maintained();
        this.letters = letters;
    }

    void begin(@Observes StartupEvent event) {
        threads = Executors.newScheduledThreadPool(
                THREADS,
                Thread.ofPlatform().daemon().name("walpost-housekeeping-", 1).factory());
        every(BETWEEN_COUNTS, letters::measure);
        if (inboxIsMaintained) {
            every(BETWEEN_ROUNDS, this::maintainInbox);
        }
    }

    private void every(Duration time, Runnable task) {
        threads.scheduleWithFixedDelay(() -> guarded(task), 0, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An executor forgets a task that throws. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Housekeeping failed, and is tried again", e);
        }
    }

    private void maintainInbox() {
        try {
            InboxPartitions.Report report = inbox.maintain(shutdown);
            LOG.debugf("Inbox: %s", report);
        } catch (SQLException e) {
            LOG.warnf("The inbox was not maintained, and will be in the next round: %s", e.getMessage());
        }
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        shutdown.begin();
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
