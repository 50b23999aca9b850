package io.walpost.relay.lambda;

import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelayState;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.SlotStatus;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Prints a line of metrics every minute of an invocation, as alarms cannot wait for its end. */
final class MinuteMetrics {

    private static final Logger LOG = Logger.getLogger(MinuteMetrics.class);

    private final PostgresSettings postgres;
    private final RelayMetrics metrics;
    private final MetricsLog log;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("walpost-metrics").factory());

    MinuteMetrics(PostgresSettings postgres, RelayMetrics metrics, MetricsLog log) {
        this.postgres = postgres;
        this.metrics = metrics;
        this.log = log;
    }

    void start() {
        long millis = log.interval().toMillis();
        executor.scheduleAtFixedRate(this::print, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Only of the relay that reads the slot: the one that waits for it has nothing to tell. */
    private void print() {
        if (metrics.state() == RelayState.CONNECTING) {
            return;
        }
        try {
            Optional<SlotStatus> slot = SlotLook.at(postgres);
            // Or else it has been interrupted while it looked, and the line of the end is about to come.
            if (!executor.isShutdown()) {
                log.progress(metrics.events(), metrics.bytes(), slot, Optional.of(metrics.lag()));
            }
        } catch (RuntimeException e) {
            LOG.error("Printing metrics failed by a defect; please report it", e);
        }
    }

    void stop() throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(1, TimeUnit.SECONDS);
    }
}
