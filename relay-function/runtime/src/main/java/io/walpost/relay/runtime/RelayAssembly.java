package io.walpost.relay.runtime;

import io.walpost.relay.Relay;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelaySessionFactory;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.publish.parked.KafkaParkedLog;
import io.walpost.relay.replication.PgReplicationSource;
import io.walpost.relay.replication.ReplicationSource;

/** Puts a relay together. */
public final class RelayAssembly {

    private RelayAssembly() {}

    /** A relay that connects to nothing before it is run. */
    public static Relay relay(Settings settings, RelayMetrics metrics) {
        return relay(settings, metrics, publishers(settings));
    }

    static Relay relay(Settings settings, RelayMetrics metrics, PublisherFactory publishers) {
        return relay(settings, metrics, new PgReplicationSource(settings.postgres()), publishers, false);
    }

    /** @param provenLogin whether to try again if the database refuses the very first login */
    static Relay relay(
            Settings settings,
            RelayMetrics metrics,
            ReplicationSource source,
            PublisherFactory publishers,
            boolean provenLogin) {
        return new Relay(
                source,
                new RelaySessionFactory(
                        publishers,
                        settings.postgres().capture(),
                        settings.routing(),
                        settings.relay(),
                        metrics,
                        settings.poison(),
                        KafkaParkedLog.source(settings.producer(), settings.poison())),
                settings.relay(),
                metrics,
                provenLogin);
    }

    static PublisherFactory publishers(Settings settings) {
        return settings.delivery()
                .publishers(settings.producer(), settings.postgres().slot());
    }
}
