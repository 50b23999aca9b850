package io.walpost.consumer.runtime;

import io.quarkus.arc.All;
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
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What is done every so often beside the events: the inbox is kept in shape, and what is told in numbers is asked for. */
@Singleton
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);
    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofSeconds(10);

    private final Shutdown shutdown = new Shutdown();
    private final InboxDesk inbox;
    private final boolean inboxIsMaintained;
    private final List<Measurement> measurements;
    private ScheduledExecutorService threads;

    Housekeeping(InboxDesk inbox, @All List<Measurement> measurements, ServiceSettings settings) {
        this.inbox = inbox;
        this.inboxIsMaintained = settings.inbox().maintained();
        this.measurements = measurements;
    }

    void begin(@Observes StartupEvent event) {
        // One each: the inbox's round can take minutes, and one server does not answer while another does.
        threads = Executors.newScheduledThreadPool(
                measurements.size() + 1,
                Thread.ofPlatform().daemon().name("walpost-housekeeping-", 1).factory());
        measurements.forEach(measurement -> every(BETWEEN_MEASUREMENTS, measurement::measure));
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
