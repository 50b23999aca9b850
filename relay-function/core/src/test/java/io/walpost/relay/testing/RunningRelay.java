package io.walpost.relay.testing;

import static org.awaitility.Awaitility.await;

import io.walpost.relay.ManualStop;
import io.walpost.relay.Relay;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelaySessionFactory;
import io.walpost.relay.RelaySettings;
import io.walpost.relay.RelayState;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedLog;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.Delivery;
import io.walpost.relay.publish.DeliverySettings;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.publish.parked.KafkaParkedLog;
import io.walpost.relay.replication.PgReplicationSource;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.ReplicationSource;
import io.walpost.relay.route.RoutingSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A relay on a thread of its own. */
public final class RunningRelay implements AutoCloseable {

    public static final RelaySettings SETTINGS = settings(5_000, Duration.ofMinutes(2));

    /** Where the relays of all tests keep their progress, as those of one Kafka do. */
    public static final String PROGRESS_TOPIC = "walpost.progress";

    private static final RoutingSettings ROUTING = RoutingSettings.of("/walpost/test");

    private final RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());
    private final ManualStop stop = new ManualStop();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private RunningRelay(
            PostgresSettings postgres,
            RoutingSettings routing,
            RelaySettings settings,
            ReplicationSource source,
            PublisherFactory publishers,
            PoisonPolicy policy,
            ParkedLog.Source parked) {
        Relay relay = new Relay(
                source,
                new RelaySessionFactory(publishers, postgres.capture(), routing, settings, metrics, policy, parked),
                settings,
                metrics);
        Thread.ofPlatform().name("relay-" + postgres.slot()).start(() -> {
            try {
                relay.run(stop);
                end.complete(null);
            } catch (RelayException | InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
    }

    /** Settings with short pauses. */
    public static RelaySettings settings(int maxInFlightEvents, Duration stallTimeout) {
        return new RelaySettings(
                maxInFlightEvents,
                16L << 20,
                Duration.ofMillis(50),
                Duration.ofSeconds(20),
                stallTimeout,
                Duration.ofMillis(50),
                Duration.ofSeconds(1));
    }

    /** A relay from the database to the real Kafka. */
    public static RunningRelay on(OutboxDatabase database) {
        return on(database, SETTINGS, UnaryOperator.identity());
    }

    /** The same with the delivery that a test is about. */
    public static RunningRelay on(OutboxDatabase database, Delivery delivery) {
        return on(database, delivery, SETTINGS, UnaryOperator.identity());
    }

    /** The same with its publisher wrapped, to make it fail as a test needs. */
    public static RunningRelay on(
            OutboxDatabase database, RelaySettings settings, UnaryOperator<PublisherFactory> wrapper) {
        return on(database, Delivery.AT_LEAST_ONCE, settings, wrapper);
    }

    /** A relay that captures and routes as told. */
    public static RunningRelay on(PostgresSettings postgres, RoutingSettings routing) {
        return new RunningRelay(
                postgres,
                routing,
                SETTINGS,
                new PgReplicationSource(postgres),
                publishers(postgres.slot(), Delivery.AT_LEAST_ONCE),
                PoisonPolicy.waiting(),
                ParkedLog::empty);
    }

    /** The same with all that a test may be about. */
    public static RunningRelay on(
            OutboxDatabase database,
            Delivery delivery,
            RelaySettings settings,
            UnaryOperator<PublisherFactory> wrapper) {
        return new RunningRelay(
                database.settings(),
                ROUTING,
                settings,
                new PgReplicationSource(database.settings()),
                wrapper.apply(publishers(database.slot(), delivery)),
                PoisonPolicy.waiting(),
                ParkedLog::empty);
    }

    /** A relay that sets aside what cannot be published. */
    public static RunningRelay on(
            OutboxDatabase database, PoisonPolicy policy, UnaryOperator<PublisherFactory> wrapper) {
        return on(database, Delivery.AT_LEAST_ONCE, policy, wrapper);
    }

    /** The same with the delivery that a test is about. */
    public static RunningRelay on(
            OutboxDatabase database, Delivery delivery, PoisonPolicy policy, UnaryOperator<PublisherFactory> wrapper) {
        return new RunningRelay(
                database.settings(),
                ROUTING,
                SETTINGS,
                new PgReplicationSource(database.settings()),
                wrapper.apply(publishers(database.slot(), delivery)),
                policy,
                KafkaParkedLog.source(producer(database), policy));
    }

    private static PublisherFactory publishers(String slot, Delivery delivery) {
        return new DeliverySettings(delivery, PROGRESS_TOPIC).publishers(producer(slot, delivery), slot);
    }

    /** What the database's relay publishes with. */
    public static ProducerSettings producer(OutboxDatabase database) {
        return producer(database.slot(), Delivery.AT_LEAST_ONCE);
    }

    private static ProducerSettings producer(String slot, Delivery delivery) {
        return ProducerSettings.of(
                Map.of(
                        "bootstrap.servers",
                        RealSystems.kafka().bootstrapServers(),
                        "reconnect.backoff.max.ms",
                        "200",
                        // Below the smallest max.message.bytes of a test's topic: see checkBatches in TopicCheck.
                        "batch.size",
                        "65536",
                        "client.id",
                        slot),
                delivery);
    }

    public RelayMetrics metrics() {
        return metrics;
    }

    /** Waits until the relay reads the slot. */
    public RunningRelay streaming() {
        await().atMost(Duration.ofSeconds(20)).until(() -> metrics.state() == RelayState.STREAMING);
        return this;
    }

    /** Requests the stop and waits for the end, which must be an orderly one. */
    @Override
    public void close() {
        stop.request();
        end.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Waits for an end that the relay chose itself. */
    public RelayException failure() {
        try {
            end.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RelayException failure) {
                return failure;
            }
            throw e;
        }
        throw new AssertionError("The relay ended without a failure");
    }
}
