package io.walpost.relay;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Reaction;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.ReplicationSource;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session running until it is told to stop: opens it, and opens it anew after a failure that may pass.
 *
 * <p>A relay is run once, by one thread.
 */
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /**
     * How long a remembered position is trusted after the stream is lost. A crashed server is back sooner; in a longer
     * time somebody may have put another state of the database in its place, which only the slot knows.
     */
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private final ReplicationSource source;
    private final RelaySessionFactory sessions;
    private final RelayMetrics metrics;
    private final boolean provenLogin;
    private final Backoff backoff;

    private ResumePoint resume = ResumePoint.none();
    private RelayState lastState = RelayState.CONNECTING;
    private boolean everStreamed;
    private long lostAt;

    /** @param settings the pauses between attempts */
    public Relay(ReplicationSource source, RelaySessionFactory sessions, RelaySettings settings, RelayMetrics metrics) {
        this(source, sessions, settings, metrics, false);
    }

    /**
     * @param provenLogin whether the database's credentials have worked before, for a relay that this one goes on for: it
     *     keeps trying then if they are refused
     */
    public Relay(
            ReplicationSource source,
            RelaySessionFactory sessions,
            RelaySettings settings,
            RelayMetrics metrics,
            boolean provenLogin) {
        this.source = source;
        this.sessions = sessions;
        this.metrics = metrics;
        this.provenLogin = provenLogin;
        this.backoff = new Backoff(settings.minBackoff(), settings.maxBackoff(), RandomGenerator.getDefault());
    }

    /**
     * Relays until the stop is requested; then publishes what was read, confirms what was acknowledged, and returns.
     *
     * @throws RelayException a failure that only a person can mend
     * @throws InterruptedException if the thread was interrupted between two sessions
     */
    public void run(StopSignal stop) throws RelayException, InterruptedException {
        while (!stop.requested()) {
            try {
                stream(stop);
            } catch (RelayException failure) {
                Optional<RelayException> left = sessions.after(failure);
                if (left.isPresent()) {
                    react(left.get(), stop);
                } else {
                    LOG.info("Setting aside, with a new start of the stream: {}", failure.getMessage());
                }
            }
        }
        metrics.state(RelayState.STOPPED);
    }

    private void react(RelayException failure, StopSignal stop) throws RelayException, InterruptedException {
        metrics.failed(failure);
        if (isFinal(failure)) {
            metrics.state(RelayState.FAILED);
            throw failure;
        }
        pause(failure, stop);
    }

    private void stream(StopSignal stop) throws RelayException {
        metrics.state(RelayState.CONNECTING);
        metrics.turned();
        try {
            RelaySession session = open();
            try (session) {
                session.run(stop);
            } finally {
                // After its end, which brings in the last acknowledgements.
                remember(session.reached());
            }
        } catch (RuntimeException defect) {
            throw new RelayException(FailureKind.INTERNAL, "The relay failed by a defect: " + defect, defect);
        }
    }

    private RelaySession open() throws RelayException {
        if (System.nanoTime() - lostAt > MEMORY.toNanos()) {
            resume = ResumePoint.none();
        }
        OpenStream open = source.open(resume);
        LOG.info(
                "Streaming from {} on timeline {}",
                new Lsn(open.from().flushed()),
                open.from().history().timeline());
        metrics.opened();
        if (everStreamed) {
            metrics.reconnected();
        }
        everStreamed = true;
        lastState = RelayState.STREAMING;
        return sessions.open(open);
    }

    /** A session that came no further than the one before is no success: its failure is still the same one. */
    private void remember(ResumePoint reached) {
        if (reached.isBeyond(resume)) {
            backoff.reset();
        }
        resume = reached;
        lostAt = System.nanoTime();
    }

    /** Wrong credentials end a relay that never worked; one that did may be amid a rotation, and keeps trying. */
    private boolean isFinal(RelayException failure) {
        return failure.kind().reaction() == Reaction.STOP
                && !(failure.kind() == FailureKind.AUTHENTICATION && (everStreamed || provenLogin));
    }

    private void pause(RelayException failure, StopSignal stop) throws InterruptedException {
        boolean standingBy = lastState == RelayState.STANDING_BY;
        lastState = failure.kind() == FailureKind.SLOT_BUSY ? RelayState.STANDING_BY : RelayState.BACKING_OFF;
        metrics.state(lastState);
        Duration pause = backoff.next();
        String text = "[{}] {}. {} Next attempt in {} ms.";
        String kind = failure.kind().label();
        String hint = failure.hint();
        switch (failure.kind()) {
            case SLOT_BUSY -> {
                if (!standingBy) {
                    LOG.info(text, kind, failure.getMessage(), hint, pause.toMillis());
                }
            }
            case INTERNAL -> LOG.error(text, kind, failure.getMessage(), hint, pause.toMillis(), failure);
            default -> LOG.error(text, kind, failure.getMessage(), hint, pause.toMillis());
        }
        stop.await(pause);
    }
}
