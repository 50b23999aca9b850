package io.walpost.relay;

import io.walpost.relay.capture.TransactionFramer;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and log how a session goes, and notices when it does not. Owned by the session's thread. */
final class ProgressReport {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReport.class);

    /** How long nothing may move before that counts as a stall, and how often it is said again. */
    private static final long STALL = TimeUnit.SECONDS.toNanos(10);

    /** The server answers every second, so a last answer within this time means that nothing is on its way. */
    private static final long RECENT = TimeUnit.MILLISECONDS.toNanos(2_500);

    private final RelayMetrics metrics;
    private final FlushTracker tracker;
    private final TransactionFramer framer;
    private final long stallTimeout;

    /** When something last was acknowledged, or nothing was there to be. */
    private long lastProgress = System.nanoTime();

    private long lastHeard = lastProgress;
    private long lastComplaint = lastProgress;
    private RelayException stuckAt;
    private RoutedEvent waitingFor;

    ProgressReport(RelayMetrics metrics, FlushTracker tracker, TransactionFramer framer, RelaySettings settings) {
        this.metrics = metrics;
        this.tracker = tracker;
        this.framer = framer;
        this.stallTimeout = settings.stallTimeout().toNanos();
    }

    /** Takes acknowledgements into the tracker and counts them. */
    void advance() {
        long bytes = tracker.bytes();
        int events = tracker.advance();
        if (events > 0) {
            metrics.published(events, bytes - tracker.bytes());
            progressed();
        }
    }

    /** The server answered. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    /** The stream had nothing to say. */
    void nothingReceived() {
        if (tracker.isEmpty() && !framer.inTransaction()) {
            progressed();
            if (System.nanoTime() - lastHeard < RECENT) {
                metrics.caughtUp();
            }
        }
    }

    /** The publisher cannot take an event now. */
    void waitingFor(RoutedEvent event) {
        waitingFor = event;
    }

    /** An event cannot be published as it is. */
    void stuckAt(RelayException cause) {
        if (stuckAt == null) {
            metrics.failed(cause);
            LOG.error(
                    "[{}] {}. {}",
                    cause.kind().label(),
                    cause.getMessage(),
                    cause.kind().hint());
        }
        stuckAt = cause;
    }

    /**
     * The server was told a position, which happens at least every second.
     *
     * @throws RelayException if Kafka has acknowledged nothing for so long that a new producer is worth a try
     */
    void confirmed(long lsn) throws RelayException {
        metrics.turned();
        metrics.positions(tracker.confirmable(), lsn);
        metrics.window(tracker.events(), tracker.bytes());
        Optional<Instant> oldest = tracker.oldestCommit().or(framer::openSince);
        oldest.ifPresent(metrics::behindSince);
        long still = System.nanoTime() - lastProgress;
        if (still < STALL && stuckAt == null) {
            metrics.state(RelayState.STREAMING);
            return;
        }
        metrics.state(RelayState.STALLED);
        complain(still);
        if (still > stallTimeout && stuckAt == null) {
            throw new RelayException(
                    FailureKind.KAFKA_UNAVAILABLE,
                    "Kafka has acknowledged nothing for " + TimeUnit.NANOSECONDS.toSeconds(still) + " s, with "
                            + tracker.events() + " events in flight");
        }
    }

    private void complain(long still) {
        long now = System.nanoTime();
        if (now - lastComplaint < STALL) {
            return;
        }
        lastComplaint = now;
        if (stuckAt != null) {
            LOG.error("Still waiting at an event that cannot be published: {}", stuckAt.getMessage());
        } else {
            LOG.warn(
                    "Kafka has acknowledged nothing for {} s; {} events are in flight{}. Are the brokers reachable, has"
                            + " the topic enough in-sync replicas, and is it there (or may it be created)?",
                    TimeUnit.NANOSECONDS.toSeconds(still),
                    tracker.events(),
                    waitingFor == null
                            ? ""
                            : ", and event " + waitingFor.id() + " waits for topic " + waitingFor.topic());
        }
    }

    private void progressed() {
        lastProgress = System.nanoTime();
        waitingFor = null;
    }
}
