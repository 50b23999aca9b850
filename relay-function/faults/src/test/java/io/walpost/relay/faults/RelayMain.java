package io.walpost.relay.faults;

import io.walpost.relay.ManualStop;
import io.walpost.relay.Relay;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelaySessionFactory;
import io.walpost.relay.RelaySettings;
import io.walpost.relay.publish.Delivery;
import io.walpost.relay.publish.DeliverySettings;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.PgReplicationSource;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.TableName;
import io.walpost.relay.route.RoutingSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A relay that can be killed: {@code url user password slot bootstrap.servers window delivery}. */
final class RelayMain {

    private RelayMain() {}

    public static void main(String[] arguments) throws Exception {
        PostgresSettings postgres = new PostgresSettings(
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3],
                "walpost",
                List.of(TableName.parse("public.outboxevent")),
                Duration.ofSeconds(10));
        DeliverySettings delivery = new DeliverySettings(Delivery.valueOf(arguments[6]), "walpost.progress");
        ProducerSettings producer = ProducerSettings.of(
                Map.of(
                        "bootstrap.servers", arguments[4],
                        "reconnect.backoff.max.ms", "200",
                        "request.timeout.ms", "5000"),
                delivery.delivery());
        RelaySettings settings = new RelaySettings(
                Integer.parseInt(arguments[5]),
                16 << 20,
                Duration.ofMillis(50),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMillis(50),
                Duration.ofMillis(500));
        run(postgres, delivery.publishers(producer, postgres.slot()), settings);
    }

    private static void run(PostgresSettings postgres, PublisherFactory publishers, RelaySettings settings)
            throws Exception {
        ManualStop stop = new ManualStop();
        Thread relaying = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.request();
            awaitEnd(relaying);
        }));
        RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());
        RelaySessionFactory sessions = new RelaySessionFactory(
                publishers, postgres.capture(), RoutingSettings.of("/walpost/faults"), settings, metrics);
        new Relay(new PgReplicationSource(postgres), sessions, settings, metrics).run(stop);
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
