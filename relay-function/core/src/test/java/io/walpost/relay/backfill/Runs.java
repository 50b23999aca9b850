package io.walpost.relay.backfill;

import io.walpost.relay.ManualStop;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.publish.KafkaEventPublisher;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.replication.TableName;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.route.RoutingSettings;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of backfill and reconcile on the real systems, with a small window. */
final class Runs {

    static final int WINDOW = 200;

    private Runs() {}

    static RunSettings settings(PostgresSettings postgres) {
        return settings(postgres, RealSystems.kafka().bootstrapServers());
    }

    static RunSettings settings(PostgresSettings postgres, String bootstrapServers) {
        return new RunSettings(
                postgres,
                ProducerSettings.of(Map.of("bootstrap.servers", bootstrapServers)),
                RoutingSettings.of("/walpost/test"),
                WINDOW,
                16 << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                RunSettings.CURSOR_TOPIC,
                "dead-" + postgres.slot());
    }

    static PublisherFactory publishers(RunSettings settings) {
        return KafkaEventPublisher.factory(settings.producer());
    }

    static BackfillRequest request(OutboxDatabase database, String name, RowSelection selection) {
        return new BackfillRequest(name, database.settings().tables(), selection, 0, false, false);
    }

    static BackfillReport backfill(OutboxDatabase database, BackfillRequest request) throws Exception {
        RunSettings settings = settings(database.settings());
        return new Backfill(settings, publishers(settings)).run(request, new ManualStop(), ProgressListener.NONE);
    }

    static BackfillReport backfill(OutboxDatabase database, String name, RowSelection selection) throws Exception {
        return backfill(database, request(database, name, selection));
    }

    static ReconcileRequest request(List<TableName> tables, boolean awaitRelay, boolean dryRun) {
        return new ReconcileRequest(
                "test", tables, RowSelection.ALL, 0, awaitRelay, Duration.ofSeconds(30), false, false, dryRun);
    }

    static ReconcileReport reconcile(OutboxDatabase database, ReconcileRequest request) throws Exception {
        RunSettings settings = settings(database.settings());
        return new Reconcile(settings, publishers(settings)).run(request, new ManualStop(), ProgressListener.NONE);
    }

    static ReconcileReport reconcile(OutboxDatabase database, boolean awaitRelay, boolean dryRun) throws Exception {
        return reconcile(database, request(database.settings().tables(), awaitRelay, dryRun));
    }

    static RowSelection ofTypes(String... types) {
        return new RowSelection(
                Optional.empty(), Optional.empty(), Set.of(types), Set.of(), Optional.empty(), Optional.empty());
    }

    /** A publisher that does something before each event that it takes. */
    static PublisherFactory before(PublisherFactory publishers, Before action) {
        return (history, acknowledgements) -> {
            EventPublisher publisher = publishers.create(history, acknowledgements);
            return new EventPublisher() {
                @Override
                public boolean offer(RoutedEvent event, long sequence) throws RelayException {
                    action.offer(event, sequence);
                    return publisher.offer(event, sequence);
                }

                @Override
                public void close() {
                    publisher.close();
                }
            };
        };
    }

    /** May refuse the event. */
    interface Before {
        void offer(RoutedEvent event, long sequence) throws RelayException;
    }
}
