package io.walpost.relay.backfill;

import static io.walpost.relay.testing.TopicReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.EventHeaders;
import io.walpost.relay.ManualStop;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import io.walpost.relay.testing.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcileTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Reconcile-" + database.name();
    private final TopicReader topic = new TopicReader("outbox.event." + type);

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    private void publish(String aggregate, String... payloads) {
        for (String payload : payloads) {
            database.publish(type, aggregate, payload);
        }
    }

    private void insert(int count) {
        database.execute("INSERT INTO outboxevent SELECT gen_random_uuid(), '" + type
                + "', (i % 100)::text, 'Happened', now() + i * interval '1 microsecond', i::text"
                + " FROM generate_series(0, " + (count - 1) + ") i");
    }

    private List<String> backfilled() {
        return topic.poll().stream()
                .filter(record -> header(record, EventHeaders.BACKFILL) != null)
                .map(TopicReader::value)
                .toList();
    }

    @Test
    void closesTheGapOfALostSlotAndPublishesNothingElse() throws Exception {
        try (var relay = RunningRelay.on(database)) {
            publish("42", "streamed 1", "streamed 2");
            topic.until(2);
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        publish("42", "in the gap 1");
        database.execute("SELECT pg_drop_replication_slot('" + database.slot() + "')");
        publish("42", "in the gap 2", "in the gap 3");
        database.execute("SELECT pg_create_logical_replication_slot('" + database.slot() + "', 'pgoutput')");
        publish("42", "streamed 3");
        try (var relay = RunningRelay.on(database)) {
            topic.until(3);
            ReconcileReport dry = Runs.reconcile(database, true, true);
            assertThat(dry.missing()).isEqualTo(3);
            assertThat(dry.examples()).hasSize(3);
            assertThat(dry.complete()).isFalse();
            ReconcileReport report = Runs.reconcile(database, true, false);
            assertThat(report.selected()).isEqualTo(6);
            assertThat(report.present()).isEqualTo(3);
            assertThat(report.missing()).isEqualTo(3);
            assertThat(report.published()).isEqualTo(3);
            assertThat(report.complete()).isTrue();
            topic.until(6);
            ReconcileReport again = Runs.reconcile(database, true, false);
            assertThat(again.present()).isEqualTo(6);
            assertThat(again.missing()).isZero();
        }
        assertThat(topic.poll()).hasSize(6);
        assertThat(backfilled()).containsExactly("in the gap 1", "in the gap 2", "in the gap 3");
        assertThat(topic.poll())
                .extracting(record -> header(record, EventHeaders.BACKFILL))
                .contains("reconcile/test");
    }

    @Test
    void takesNothingForMissingThatIsOnItsWay() throws Exception {
        try (var relay = RunningRelay.on(database).streaming();
                var workload = Workload.start(database, type, 4, 20_261_120)) {
            for (int run = 1; run <= 5; run++) {
                int enough = run * 300;
                await().atMost(PATIENCE).until(() -> workload.committed() >= enough);
                ReconcileReport report = Runs.reconcile(database, true, false);
                assertThat(report.selected()).isGreaterThanOrEqualTo(enough);
                assertThat(report.missing()).isZero();
                assertThat(report.present()).isEqualTo(report.selected());
            }
            Map<String, Integer> expected = workload.finish();
            topic.until(records -> Workload.isComplete(records, expected));
            assertThat(Workload.verify(topic.poll(), expected)).as("duplicates").isZero();
        }
    }

    @Test
    void waitsForARelayThatIsBehind() throws Exception {
        insert(20_000);
        try (var relay = RunningRelay.on(database).streaming()) {
            ReconcileReport report = Runs.reconcile(database, true, false);
            assertThat(report.present()).isEqualTo(20_000);
        }
        assertThat(topic.until(20_000)).hasSize(20_000);
    }

    @Test
    void endsIfNobodyReadsTheSlotUnlessToldNotToWait() throws Exception {
        publish("42", "only in the table");
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> Runs.reconcile(database, true, false))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PRECONDITION))
                .withMessageContaining("No relay reads the slot")
                .withMessageContaining("--no-wait");
        assertThat(Runs.reconcile(database, false, false).published()).isOne();
        assertThat(topic.until(1)).extracting(TopicReader::value).containsExactly("only in the table");
    }

    @Test
    void saysSoIfThereIsNoSlot() {
        publish("42", "only in the table");
        database.execute("SELECT pg_drop_replication_slot('" + database.slot() + "')");
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> Runs.reconcile(database, true, false))
                .withMessageContaining("does not exist")
                .withMessageContaining("--no-wait");
    }

    @Test
    void doesNotLetAnotherTransactionOfTheTopicHideWhatIsThere() throws Exception {
        try (var relay = RunningRelay.on(database).streaming();
                var open = new KafkaProducer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                RealSystems.kafka().bootstrapServers(),
                                "transactional.id",
                                database.name()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            open.initTransactions();
            open.beginTransaction();
            for (int partition = 0; partition < 3; partition++) {
                open.send(new ProducerRecord<>("outbox.event." + type, partition, null, new byte[1]))
                        .get();
            }
            publish("42", "behind an open transaction");
            var reconcile = CompletableFuture.supplyAsync(() -> {
                try {
                    return Runs.reconcile(database, true, true);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !reconcile.isDone());
            open.commitTransaction();
            assertThat(reconcile.orTimeout(60, TimeUnit.SECONDS).join().present())
                    .isOne();
        }
    }

    @Test
    void countsADeadLetterAsPublished() throws Exception {
        publish("42", "set aside", "missing");
        String id = database.query("SELECT id FROM outboxevent WHERE payload = 'set aside'");
        String deadLetters = Runs.settings(database.settings()).deadLetterTopic();
        try (TopicReader reader = new TopicReader(deadLetters, 1);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", RealSystems.kafka().bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(deadLetters, new byte[1]);
            letter.headers().add(EventHeaders.ID, id.getBytes());
            producer.send(letter).get();
            reader.until(1);
        }
        ReconcileReport report = Runs.reconcile(database, false, false);
        assertThat(report.deadLettered()).isOne();
        assertThat(report.published()).isOne();
        assertThat(topic.until(1)).extracting(TopicReader::value).containsExactly("missing");
    }

    @Test
    void refusesToGuessWhatATopicHasForgotten() throws Exception {
        publish("42", "one", "two");
        try (var relay = RunningRelay.on(database)) {
            topic.until(2);
        }
        int partition = topic.poll().getFirst().partition();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", RealSystems.kafka().bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition("outbox.event." + type, partition), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> Runs.reconcile(database, false, false))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PRECONDITION))
                .withMessageContaining("does not reach back far enough")
                .withMessageContaining("--since");
        RealSystems.alterTopic("outbox.event." + type, "cleanup.policy", "compact");
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> Runs.reconcile(database, false, false))
                .withMessageContaining("is compacted");
        ReconcileRequest request = new ReconcileRequest(
                "test", database.settings().tables(), RowSelection.ALL, 0, false, PATIENCE, true, true, true);
        assertThat(Runs.reconcile(database, request).missing()).isOne();
    }

    @Test
    void comparesInParts() throws Exception {
        insert(450);
        RunSettings settings = Runs.settings(database.settings());
        database.execute("CREATE TABLE held AS SELECT * FROM outboxevent WHERE payload::int % 3 = 0");
        database.execute("DELETE FROM outboxevent WHERE payload::int % 3 = 0");
        ReconcileRequest request = Runs.request(database.settings().tables(), false, false);
        Reconcile inParts = new Reconcile(settings, Runs.publishers(settings), 100);
        assertThat(inParts.run(request, new ManualStop(), ProgressListener.NONE).published())
                .isEqualTo(300);
        database.execute("INSERT INTO outboxevent SELECT * FROM held");
        ReconcileReport report = inParts.run(request, new ManualStop(), ProgressListener.NONE);
        assertThat(report.present()).isEqualTo(300);
        assertThat(report.published()).isEqualTo(150);
        List<ConsumerRecord<byte[], byte[]>> records = topic.until(450);
        assertThat(records.stream().map(TopicReader::value))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 450).mapToObj(String::valueOf).toList());
    }

    @Test
    void goesThroughTwoHundredThousandRowsInAMinute() throws Exception {
        int rows = 200_000;
        insert(rows);
        ReconcileReport report = Runs.reconcile(database, false, false);
        assertThat(report.published()).isEqualTo(rows);
        ReconcileReport again = Runs.reconcile(database, false, false);
        assertThat(again.present()).isEqualTo(rows);
        assertThat(again.missing()).isZero();
        assertThat(report.duration().plus(again.duration())).isLessThan(Duration.ofMinutes(1));
    }
}
