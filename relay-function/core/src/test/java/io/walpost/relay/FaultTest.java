package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.Acknowledgements;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import io.walpost.relay.testing.Workload;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What still holds when the systems around the relay die, freeze or answer out of order. */
class FaultTest {

    private static final Logger LOG = LoggerFactory.getLogger(FaultTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 20_261_120;

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Fault-" + database.name();
    private final TopicReader topic = new TopicReader("outbox.event." + type);

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    /** Runs writers and a relay, does the fault while both are at work, and verifies what arrived. */
    private int duplicatesAfter(Fault fault) throws Exception {
        return duplicatesAfter(RunningRelay.SETTINGS, fault);
    }

    private int duplicatesAfter(RelaySettings settings, Fault fault) throws Exception {
        Map<String, Integer> expected;
        try (var relay = RunningRelay.on(database, settings, UnaryOperator.identity());
                var workload = Workload.start(database, type, 4, SEED)) {
            await().atMost(PATIENCE).until(() -> relay.metrics().events() >= 500);
            fault.happen(relay);
            int before = workload.committed();
            await().atMost(PATIENCE).until(() -> workload.committed() >= before + 500);
            expected = workload.finish();
            topic.until(records -> Workload.isComplete(records, expected));
        }
        int duplicates = Workload.verify(topic.poll(), expected);
        LOG.info("{} records arrived, {} of them duplicates", topic.poll().size(), duplicates);
        return duplicates;
    }

    @FunctionalInterface
    private interface Fault {
        void happen(RunningRelay relay) throws Exception;
    }

    @Test
    void losesNothingWhenItsConnectionIsTerminated() throws Exception {
        int duplicates = duplicatesAfter(relay -> {
            for (int i = 0; i < 3; i++) {
                long reconnects = relay.metrics().reconnects();
                database.execute("SELECT pg_terminate_backend(" + database.walsender() + ")");
                await().atMost(PATIENCE).until(() -> relay.metrics().reconnects() > reconnects);
                relay.streaming();
            }
        });
        // What was in flight is acknowledged before the next stream opens, which skips what this process published.
        assertThat(duplicates).isZero();
    }

    @Test
    void losesNothingWhenPostgresIsKilled() throws Exception {
        int duplicates = duplicatesAfter(relay -> {
            RealSystems.postgres().kill();
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.DATABASE_UNAVAILABLE) >= 2);
            assertThat(relay.metrics().state()).isNotEqualTo(RelayState.STREAMING);
            RealSystems.postgres();
            relay.streaming();
        });
        assertThat(duplicates).isZero();
    }

    @Test
    void losesNothingWhenKafkaIsKilled() throws Exception {
        int duplicates = duplicatesAfter(relay -> {
            RealSystems.kafka().kill();
            RealSystems.kafka();
        });
        assertThat(duplicates).as("the idempotent producer's retries").isZero();
    }

    @Test
    void keepsItsConnectionAliveWhileKafkaIsFrozenAndItsWindowFull() throws Exception {
        database.execute("ALTER SYSTEM SET wal_sender_timeout = '4s'", "SELECT pg_reload_conf()");
        try {
            duplicatesAfter(RunningRelay.settings(100, Duration.ofMinutes(2)), relay -> {
                relay.streaming();
                String walsender = database.walsender();
                RealSystems.kafka().pause();
                try {
                    // The window also holds what is acknowledged of a transaction that is not, as a whole.
                    await().atMost(PATIENCE).until(() -> relay.metrics().inFlightEvents() > 90);
                    // Twice the time-out and more, by the server's own clock.
                    database.execute("SELECT pg_sleep(9)");
                    assertThat(database.walsender()).isEqualTo(walsender);
                } finally {
                    RealSystems.kafka().resume();
                }
                assertThat(relay.metrics().reconnects()).isZero();
            });
        } finally {
            database.execute("ALTER SYSTEM RESET wal_sender_timeout", "SELECT pg_reload_conf()");
        }
    }

    /** Holds back the acknowledgement of one event until told otherwise; those of later events pass it. */
    private static PublisherFactory holdingBack(
            PublisherFactory publishers, long held, AtomicBoolean release, AtomicInteger passed) {
        return (history, acknowledgements) -> publishers.create(history, new Acknowledgements() {
            @Override
            public void acknowledged(long sequence) {
                if (sequence == held && !release.get()) {
                    Thread.ofVirtual().start(() -> {
                        await().atMost(PATIENCE).untilTrue(release);
                        acknowledgements.acknowledged(sequence);
                    });
                } else {
                    acknowledgements.acknowledged(sequence);
                    passed.incrementAndGet();
                }
            }

            @Override
            public void failed(long sequence, RelayException cause) {
                acknowledgements.failed(sequence, cause);
            }
        });
    }

    @Test
    void confirmsOnlyTheContiguousAcknowledgedPrefix() {
        AtomicBoolean release = new AtomicBoolean();
        AtomicInteger passed = new AtomicInteger();
        int held = 3;
        try (var relay = RunningRelay.on(
                database, RunningRelay.SETTINGS, publishers -> holdingBack(publishers, held, release, passed))) {
            for (int i = 0; i < held; i++) {
                database.publish(type, "1", String.valueOf(i));
            }
            database.publish(type, "1", "held");
            for (int i = 0; i < 10; i++) {
                database.publish(type, "1", "later " + i);
            }
            List<ConsumerRecord<byte[], byte[]>> records = topic.until(held + 1 + 10);
            await().atMost(PATIENCE).until(() -> passed.get() == held + 10);
            // The prefix is confirmed, and the heartbeats of three seconds do not carry the slot past it.
            database.execute("SELECT pg_sleep(3)");
            assertThat(database.confirmedFlushLsn())
                    .isGreaterThan(commitOf("2", records))
                    .isLessThanOrEqualTo(commitOf("held", records));
            assertThat(relay.metrics().inFlightEvents()).isEqualTo(11);

            release.set(true);
            Lsn end = database.currentLsn();
            await().atMost(PATIENCE).until(() -> !end.isAfter(database.confirmedFlushLsn()));
        }
    }

    private static Lsn commitOf(String value, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> TopicReader.value(record).equals(value))
                .map(record -> Lsn.parse(TopicReader.header(record, EventHeaders.LSN)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void startsAgainFromTheConfirmedPositionWhenThePublisherFails() throws Exception {
        AtomicInteger publishers = new AtomicInteger();
        long failAt = 700;
        Map<String, Integer> expected;
        try (var relay = RunningRelay.on(
                        database,
                        RunningRelay.SETTINGS,
                        factory -> (history, acknowledgements) -> factory.create(history, new Acknowledgements() {
                            private boolean fails = publishers.incrementAndGet() == 1;

                            /** It fails when one behind it is durable. */
                            @Override
                            public void acknowledged(long sequence) {
                                if (fails && sequence > failAt) {
                                    fails = false;
                                    failed(failAt, new RelayException(FailureKind.KAFKA_REFUSED, "as the test wants"));
                                }
                                if (!fails || sequence != failAt) {
                                    acknowledgements.acknowledged(sequence);
                                }
                            }

                            @Override
                            public void failed(long sequence, RelayException cause) {
                                acknowledgements.failed(sequence, cause);
                            }
                        }));
                var workload = Workload.start(database, type, 4, SEED)) {
            await().atMost(PATIENCE).until(() -> workload.committed() >= 2_000);
            expected = workload.finish();
            topic.until(records -> Workload.isComplete(records, expected));
            assertThat(relay.metrics().errors(FailureKind.KAFKA_REFUSED)).isEqualTo(1);
        }
        int duplicates = Workload.verify(topic.poll(), expected);
        // Those behind the event that failed were published too, and only they come again.
        assertThat(duplicates).isBetween(1, RunningRelay.SETTINGS.maxInFlightEvents());
    }

    @Test
    void waitsAtARowThatNoTopicCanTakeUntilItsTransactionIsGivenUp() throws Exception {
        String where;
        try (var relay = RunningRelay.on(database);
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 100; i++) {
                OutboxDatabase.insert(connection, type, "1", String.valueOf(i));
            }
            OutboxDatabase.insert(connection, "not a topic", "1", "in the way");
            connection.commit();
            database.publish(type, "1", "behind");
            await().atMost(PATIENCE).until(() -> relay.metrics().state() == RelayState.STALLED);
            String walsender = database.walsender();
            topic.until(100);
            // Long enough for several heartbeats, and for a relay that starts again to publish the hundred again.
            database.execute("SELECT pg_sleep(3)");
            assertThat(topic.poll()).hasSize(100);
            assertThat(database.walsender()).isEqualTo(walsender);
            assertThat(relay.metrics().errors(FailureKind.EVENT_REFUSED)).isEqualTo(1);
            String message = relay.metrics().lastFailure().orElseThrow().getMessage();
            assertThat(message).contains("not a topic");
            where = message.replaceAll(".*\\(commit ([0-9A-F/]+),.*", "$1");
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        database.execute("SELECT pg_replication_slot_advance('" + database.slot() + "', '" + where + "'::pg_lsn + 1)");
        try (var relay = RunningRelay.on(database)) {
            topic.until(101);
            assertThat(TopicReader.value(topic.poll().getLast())).isEqualTo("behind");
        }
    }

    @Test
    void publishesNothingPastAnEventThatKafkaRefusesAndNothingTwice() throws Exception {
        RealSystems.alterTopic("outbox.event." + type, "max.message.bytes", "100000");
        String big = incompressible(200_000);
        try (var relay = RunningRelay.on(database)) {
            database.publish(type, "1", "first");
            database.publish(type, "1", big);
            for (int i = 0; i < 50; i++) {
                database.publish(type, "1", "later " + i);
            }
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.EVENT_REFUSED) >= 3);
            topic.until(1);
            assertThat(topic.poll()).extracting(TopicReader::value).containsExactly("first");
            assertThat(relay.metrics().lastFailure().orElseThrow()).hasMessageNotContaining(big.substring(0, 50));

            RealSystems.alterTopic("outbox.event." + type, "max.message.bytes", "1000000");
            topic.until(52);
        }
        assertThat(topic.poll()).hasSize(52);
        assertThat(TopicReader.value(topic.poll().get(1))).isEqualTo(big);
        assertThat(topic.poll().subList(2, 52))
                .extracting(TopicReader::value)
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "later " + i).toList());
    }

    @Test
    void publishesWhatIsBeforeAnEventThatItsOwnProducerRefusesAndNothingTwice() {
        try (var relay = RunningRelay.on(database)) {
            for (int i = 0; i < 300; i++) {
                database.publish(type, "1", String.valueOf(i));
            }
            // Above the relay's max.request.size.
            database.publish(type, "1", incompressible(17 << 20));
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.EVENT_REFUSED) >= 4);
            assertThat(topic.until(300))
                    .extracting(TopicReader::value)
                    .isEqualTo(IntStream.range(0, 300).mapToObj(String::valueOf).toList());
            await().atMost(PATIENCE).until(() -> relay.metrics().lag().compareTo(Duration.ofSeconds(3)) > 0);
        }
    }

    @Test
    void letsPostgresShutDownWhileItWaitsAtAnEvent() throws Exception {
        RelaySettings impatient = RunningRelay.settings(5_000, Duration.ofSeconds(10));
        try (var relay = RunningRelay.on(database, impatient, UnaryOperator.identity())) {
            database.publish("not a topic", "1", "in the way");
            await().atMost(PATIENCE).until(() -> relay.metrics().state() == RelayState.STALLED);
            // It lets go of the slot now and then, which is when a server that shuts down gets its way.
            await().atMost(PATIENCE).until(() -> relay.metrics().reconnects() >= 1);
        }
    }

    private static String incompressible(int length) {
        Random random = new Random(SEED);
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A new topic of many partitions, and a broker that pauses like one in a long collection: the first requests race. */
    @Test
    void keepsTheOrderWhenABrokerPausesWhileATopicIsNew() throws Exception {
        String fresh = "Fresh-" + database.name();
        RealSystems.kafka().createTopic("outbox.event." + fresh, 40);
        try (var relay = RunningRelay.on(database).streaming();
                var reader = new TopicReader("outbox.event." + fresh, 40);
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 8_000; i++) {
                OutboxDatabase.insert(connection, fresh, String.valueOf(i % 400), String.valueOf(i / 400 + 1));
            }
            connection.commit();
            RealSystems.kafka().pause();
            database.execute("SELECT pg_sleep(0.6)");
            RealSystems.kafka().resume();
            Map<String, Integer> expected = new TreeMap<>();
            IntStream.range(0, 400).forEach(key -> expected.put(String.valueOf(key), 20));
            reader.until(records -> Workload.isComplete(records, expected));
            assertThat(Workload.verify(reader.poll(), expected)).isZero();
        }
    }

    @Test
    void saysThatItIsStalledAndMakesAnotherProducerWhenKafkaIsSilentForLong() throws Exception {
        RelaySettings impatient = RunningRelay.settings(5_000, Duration.ofSeconds(12));
        try (var relay = RunningRelay.on(database, impatient, UnaryOperator.identity())) {
            database.publish(type, "1", "before");
            topic.until(1);
            RealSystems.kafka().pause();
            try {
                database.publish(type, "1", "meanwhile");
                await().atMost(PATIENCE).until(() -> relay.metrics().state() == RelayState.STALLED);
                assertThat(relay.metrics().lag()).isGreaterThan(Duration.ofSeconds(5));
                await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.KAFKA_UNAVAILABLE) >= 1);
            } finally {
                RealSystems.kafka().resume();
            }
            database.publish(type, "1", "after");
            topic.until(records -> records.stream().anyMatch(record -> "after".equals(TopicReader.value(record))));
            relay.streaming();
        }
        assertThat(topic.poll().stream().map(TopicReader::value).distinct())
                .containsExactly("before", "meanwhile", "after");
    }

    @Test
    void stopsWithTheMendWhenTheSlotIsGone() {
        try (var relay = RunningRelay.on(database).streaming()) {
            assertThat(relay.metrics().state()).isEqualTo(RelayState.STREAMING);
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        database.execute("SELECT pg_drop_replication_slot('" + database.slot() + "')");
        RelayException failure = RunningRelay.on(database).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION);
        assertThat(failure).hasMessageContaining("pg_create_logical_replication_slot('" + database.slot() + "'");
    }
}
