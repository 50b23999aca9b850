package io.walpost.relay;

import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.RoutingSettings;

/** Makes sessions that differ in nothing but their stream. */
public final class RelaySessionFactory {

    private final PublisherFactory publishers;
    private final CaptureSettings capture;
    private final RoutingSettings routing;
    private final RelaySettings settings;
    private final RelayMetrics metrics;

    public RelaySessionFactory(
            PublisherFactory publishers,
            CaptureSettings capture,
            RoutingSettings routing,
            RelaySettings settings,
            RelayMetrics metrics) {
        this.publishers = publishers;
        this.capture = capture;
        this.routing = routing;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Takes over the stream: closes it if no session can be made. */
    RelaySession open(OpenStream open) throws RelayException {
        InFlight inFlight = new InFlight(new FlushTracker(
                settings.maxInFlightEvents(),
                settings.maxInFlightBytes(),
                open.from().flushed(),
                open.from().published()));
        try {
            return new RelaySession(
                    open,
                    publishers.create(open.from().history(), inFlight),
                    inFlight,
                    new EventRouter(routing),
                    capture,
                    settings,
                    metrics);
        } catch (RelayException | RuntimeException e) {
            open.stream().close();
            throw e;
        }
    }
}
