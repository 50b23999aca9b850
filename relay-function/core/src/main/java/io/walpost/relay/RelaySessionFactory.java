package io.walpost.relay;

import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.EventTriage;
import io.walpost.relay.poison.ParkedLog;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.poison.Verdicts;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.RoutingSettings;
import java.time.InstantSource;
import java.util.Optional;

/** Makes sessions that differ in nothing but their stream. */
public final class RelaySessionFactory {

    private final PublisherFactory publishers;
    private final CaptureSettings capture;
    private final RoutingSettings routing;
    private final RelaySettings settings;
    private final RelayMetrics metrics;
    private final PoisonPolicy policy;
    private final ParkedLog.Source parked;
    private final Verdicts verdicts;

    /** Sessions that wait at every event that cannot be published. */
    public RelaySessionFactory(
            PublisherFactory publishers,
            CaptureSettings capture,
            RoutingSettings routing,
            RelaySettings settings,
            RelayMetrics metrics) {
        this(publishers, capture, routing, settings, metrics, PoisonPolicy.waiting(), ParkedLog::empty);
    }

    /**
     * @param policy what is done about events that cannot be published
     * @param parked the keys that are parked
     */
    public RelaySessionFactory(
            PublisherFactory publishers,
            CaptureSettings capture,
            RoutingSettings routing,
            RelaySettings settings,
            RelayMetrics metrics,
            PoisonPolicy policy,
            ParkedLog.Source parked) {
        this.publishers = publishers;
        this.capture = capture;
        this.routing = routing;
        this.settings = settings;
        this.metrics = metrics;
        this.policy = policy;
        this.parked = parked;
        this.verdicts = new Verdicts(policy, System::nanoTime);
    }

    /**
     * What is left to do about a failure that ended a session.
     *
     * @return empty if the next session will set the event aside that was refused, and may begin at once
     */
    Optional<RelayException> after(RelayException failure) {
        return verdicts.after(failure);
    }

    /** Takes over the stream: closes it if no session can be made. */
    RelaySession open(OpenStream open) throws RelayException {
        InFlight inFlight = new InFlight(new FlushTracker(
                settings.maxInFlightEvents(),
                settings.maxInFlightBytes(),
                open.from().flushed(),
                open.from().published()));
        try {
            EventPublisher publisher = publishers.create(open.from().history(), inFlight);
            return new RelaySession(
                    open,
                    publisher,
                    inFlight,
                    new EventRouter(routing),
                    triage(open.from()),
                    capture,
                    settings,
                    metrics);
        } catch (RelayException | RuntimeException e) {
            open.stream().close();
            throw e;
        }
    }

    /** Only once the slot and the publisher are this session's, so that no predecessor can add to what is read. */
    private EventTriage triage(ResumePoint from) {
        verdicts.forget(from.published());
        return new EventTriage(
                policy, verdicts, parked.open(), new PoisonReport(metrics), InstantSource.system(), System::nanoTime);
    }
}
