package io.walpost.relay;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Reaction;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.ReplicationSource;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.replication.ResumePoint;
import java.time.Duration;
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

    private final ReplicationSource source;
    private final RelaySessionFactory sessions;
    private final RelayMetrics metrics;
    private final Backoff backoff;

    private ResumePoint resume = ResumePoint.none();
    private boolean everStreamed;

    /** @param settings the pauses between attempts */
    public Relay(ReplicationSource source, RelaySessionFactory sessions, RelaySettings settings, RelayMetrics metrics) {
        this.source = source;
        this.sessions = sessions;
        this.metrics = metrics;
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
                metrics.failed(failure);
                if (isFinal(failure)) {
                    metrics.state(RelayState.FAILED);
                    throw failure;
                }
                pause(failure, stop);
            }
        }
        metrics.state(RelayState.STOPPED);
    }

    private void stream(StopSignal stop) throws RelayException {
        metrics.state(RelayState.CONNECTING);
        metrics.turned();
        OpenStream open = source.open(resume);
        if (everStreamed) {
            metrics.reconnected();
        }
        everStreamed = true;
        LOG.info("Streaming from timeline {}", open.history().timeline());
        RelaySession session = sessions.open(open.stream());
        try (session) {
            session.run(stop);
        } catch (RuntimeException defect) {
            throw new RelayException(FailureKind.INTERNAL, "The relay failed by a defect: " + defect, defect);
        } finally {
            remember(new ResumePoint(open.history(), session.confirmable()));
        }
    }

    /** A session that came no further than the one before is no success: its failure is still the same one. */
    private void remember(ResumePoint reached) {
        if (reached.isBeyond(resume)) {
            backoff.reset();
            resume = reached;
        }
    }

    /** Wrong credentials end a relay that never worked; one that did may be amid a rotation, and keeps trying. */
    private boolean isFinal(RelayException failure) {
        return failure.kind().reaction() == Reaction.STOP
                && !(failure.kind() == FailureKind.AUTHENTICATION && everStreamed);
    }

    private void pause(RelayException failure, StopSignal stop) throws InterruptedException {
        metrics.state(RelayState.BACKING_OFF);
        Duration pause = backoff.next();
        String text = "[{}] {}. {} Next attempt in {} ms.";
        String kind = failure.kind().label();
        String hint = failure.kind().hint();
        switch (failure.kind()) {
            case SLOT_BUSY -> LOG.info(text, kind, failure.getMessage(), hint, pause.toMillis());
            case INTERNAL -> LOG.error(text, kind, failure.getMessage(), hint, pause.toMillis(), failure);
            default -> LOG.error(text, kind, failure.getMessage(), hint, pause.toMillis());
        }
        stop.await(pause);
    }
}
