package io.walpost.relay;

import io.walpost.relay.capture.TransactionFramer;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.route.RoutedEvent;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and log how a session goes. */
final class ProgressReport {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReport.class);

    /** How long Kafka may take nothing before that counts as a stall, and how often it is said again. */
    private static final long STALL = TimeUnit.SECONDS.toNanos(10);

    private final RelayMetrics metrics;
    private final FlushTracker tracker;

    private long lastProgress = System.nanoTime();
    private long lastComplaint = lastProgress;

    ProgressReport(RelayMetrics metrics, FlushTracker tracker) {
        this.metrics = metrics;
        this.tracker = tracker;
    }

    /** Takes acknowledgements into the tracker and counts them. */
    void advanced() {
        long bytes = tracker.bytes();
        int events = tracker.advance();
        if (events > 0) {
            metrics.published(events, bytes - tracker.bytes());
            progressed();
        }
    }

    /** The stream had nothing to say. */
    void nothingReceived(boolean inTransaction) {
        if (tracker.isEmpty() && !inTransaction) {
            progressed();
            metrics.caughtUp();
        }
    }

    void confirmed(long lsn, TransactionFramer framer) {
        metrics.turned();
        metrics.acknowledged(tracker.confirmable());
        metrics.confirmed(lsn);
        metrics.window(tracker.events(), tracker.bytes());
        tracker.oldestCommit().or(framer::openSince).ifPresent(metrics::behindSince);
        if (System.nanoTime() - lastProgress < STALL) {
            metrics.state(RelayState.STREAMING);
        }
    }

    /** The publisher could not take an event. */
    void refused(RoutedEvent event) {
        long now = System.nanoTime();
        if (now - lastProgress >= STALL && now - lastComplaint >= STALL) {
            lastComplaint = now;
            metrics.state(RelayState.STALLED);
            LOG.warn(
                    "Kafka has acknowledged nothing for {} s; event {} waits for topic {} with {} events in flight. "
                            + "Are the brokers reachable, and is the topic there (or may it be created)?",
                    TimeUnit.NANOSECONDS.toSeconds(now - lastProgress),
                    event.id(),
                    event.topic(),
                    tracker.events());
        }
    }

    private void progressed() {
        lastProgress = System.nanoTime();
    }
}
