package io.walpost.relay;

import io.walpost.relay.capture.TransactionFramer;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
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
    private final long walEnd;
    private final BooleanSupplier collecting;
    private final LongSupplier ticker;

    /** When an event was last acknowledged, or Kafka had none to acknowledge. */
    private long lastProgress;

    /** When the server last said that it has sent all it had when the stream was opened. */
    private long lastUpToDate;

    private long lastComplaint;
    private boolean stalled;

    /** What the publisher cannot take now, or nobody ever can. */
    private Optional<Outgoing> held = Optional.empty();

    /**
     * @param walEnd where the server's log ended when the stream was opened
     * @param collecting whether what is in flight waits for more of its transaction, and not for Kafka
     * @param ticker counts nanoseconds, like {@link System#nanoTime}
     */
    ProgressReport(
            RelayMetrics metrics,
            FlushTracker tracker,
            TransactionFramer framer,
            RelaySettings settings,
            long walEnd,
            BooleanSupplier collecting,
            LongSupplier ticker) {
        this.metrics = metrics;
        this.tracker = tracker;
        this.framer = framer;
        this.stallTimeout = settings.stallTimeout().toNanos();
        this.walEnd = walEnd;
        this.collecting = collecting;
        this.ticker = ticker;
        this.lastProgress = ticker.getAsLong();
        this.lastUpToDate = lastProgress - 2 * RECENT;
        this.lastComplaint = lastProgress;
    }

    /** Takes acknowledgements into the tracker and counts them. */
    void advance() {
        long bytes = tracker.bytes();
        int events = tracker.advance();
        if (events > 0) {
            metrics.published(events, bytes - tracker.bytes());
        }
        if (events > 0 || held.isEmpty() && (tracker.isEmpty() || collecting.getAsBoolean())) {
            lastProgress = ticker.getAsLong();
        }
    }

    /** The server has sent everything before a position. */
    void heard(long position) {
        if (Long.compareUnsigned(position, walEnd) >= 0) {
            lastUpToDate = ticker.getAsLong();
        }
    }

    /** The stream had nothing to say. */
    void nothingReceived() {
        if (tracker.isEmpty() && !framer.inTransaction() && ticker.getAsLong() - lastUpToDate < RECENT) {
            metrics.caughtUp();
        }
    }

    /** An event cannot go on now: the publisher does not take it, or it is not known yet which keys are parked. */
    void waits(Outgoing event) {
        held = Optional.of(event);
    }

    /** The publisher took the event. */
    void accepted() {
        held = Optional.empty();
    }

    /** Nothing can be made of an event. */
    void refused(Outgoing.Refused event) {
        if (held.filter(Outgoing.Refused.class::isInstance).isEmpty()) {
            RelayException cause = event.cause();
            metrics.failed(cause);
            LOG.error("[{}] {}. {}", cause.kind().label(), cause.getMessage(), cause.hint());
        }
        held = Optional.of(event);
    }

    /** Shows a position that the server was told, and the rest with it. */
    void record(long confirmed) {
        metrics.turned();
        metrics.positions(tracker.confirmable(), confirmed);
        metrics.window(tracker.events(), tracker.bytes());
        tracker.oldestCommit()
                .or(framer::openSince)
                .or(() -> held.map(Outgoing::committedAt))
                .ifPresent(metrics::behindSince);
    }

    /**
     * The server was told a position, which happens at least every second.
     *
     * @throws RelayException if nothing has moved for so long that a new start is worth a try: another producer may get
     *     through, and a server that wants to shut down waits for a relay that stays connected
     */
    void confirmed(long position) throws RelayException {
        record(position);
        long still = ticker.getAsLong() - lastProgress;
        boolean refused = held.filter(Outgoing.Refused.class::isInstance).isPresent();
        if (still < STALL && !refused) {
            metrics.state(RelayState.STREAMING);
            stalled = false;
            return;
        }
        metrics.state(RelayState.STALLED);
        if (still > stallTimeout) {
            throw cause(still);
        }
        if (!stalled && !refused) {
            metrics.failed(cause(still));
        }
        stalled = true;
        complain(still);
    }

    private RelayException cause(long still) {
        if (held.orElse(null) instanceof Outgoing.Refused(RelayException cause, Instant committedAt)) {
            return cause;
        }
        return new RelayException(FailureKind.KAFKA_UNAVAILABLE, what(still));
    }

    private void complain(long still) {
        long now = ticker.getAsLong();
        if (now - lastComplaint < STALL) {
            return;
        }
        lastComplaint = now;
        if (held.orElse(null) instanceof Outgoing.Refused(RelayException cause, Instant committedAt)) {
            LOG.error("Still waiting at an event that cannot be published: {}", cause.getMessage());
        } else {
            LOG.warn(
                    "[{}] {}. Are the brokers reachable, has the topic enough in-sync replicas, is it there (or may it be"
                            + " created), and is its max.message.bytes at least kafka.batch.size?",
                    FailureKind.KAFKA_UNAVAILABLE.label(),
                    what(still));
        }
    }

    private String what(long still) {
        String waiting = held.orElse(null) instanceof Outgoing.Publish publish
                ? "; event " + publish.event().id() + " waits for topic "
                        + publish.event().topic()
                : "";
        return "Kafka has not acknowledged the oldest event for " + TimeUnit.NANOSECONDS.toSeconds(still) + " s; "
                + tracker.events() + " are in flight" + waiting;
    }
}
