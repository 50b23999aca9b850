package io.walpost.relay;

import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.replication.TableName;
import io.walpost.relay.route.EventRouter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes sessions that differ in nothing but their stream. */
public final class RelaySessionFactory {

    private final PublisherFactory publishers;
    private final Set<String> tables;
    private final String source;
    private final RelaySettings settings;
    private final RelayMetrics metrics;

    /**
     * @param tables the outbox tables
     * @param source the header {@code ce_source} of every event
     */
    public RelaySessionFactory(
            PublisherFactory publishers,
            List<TableName> tables,
            String source,
            RelaySettings settings,
            RelayMetrics metrics) {
        this.publishers = publishers;
        this.tables = tables.stream().map(TableName::toString).collect(Collectors.toUnmodifiableSet());
        this.source = source;
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
                    new EventRouter(source),
                    tables,
                    settings,
                    metrics);
        } catch (RelayException | RuntimeException e) {
            open.stream().close();
            throw e;
        }
    }
}
