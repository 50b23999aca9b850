package io.walpost.relay.runtime;

import io.walpost.relay.Relay;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelaySessionFactory;
import io.walpost.relay.publish.parked.KafkaParkedLog;
import io.walpost.relay.replication.PgReplicationSource;

/** Puts a relay together. */
public final class RelayAssembly {

    private RelayAssembly() {}

    /** A relay that connects to nothing before it is run. */
    public static Relay relay(Settings settings, RelayMetrics metrics) {
        return new Relay(
                new PgReplicationSource(settings.postgres()),
                new RelaySessionFactory(
                        settings.delivery()
                                .publishers(
                                        settings.producer(), settings.postgres().slot()),
                        settings.postgres().capture(),
                        settings.routing(),
                        settings.relay(),
                        metrics,
                        settings.poison(),
                        KafkaParkedLog.source(settings.producer(), settings.poison())),
                settings.relay(),
                metrics);
    }
}
