package io.walpost.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.publish.Delivery;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import io.walpost.relay.testing.Workload;
import java.sql.Connection;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What arrives, on a real PostgreSQL and a real Kafka that nobody disturbs. */
@ParameterizedClass
@EnumSource
class DeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final OutboxDatabase database = OutboxDatabase.prepared();
    /** Named after the database, so that each test has a topic of its own. */
    private final String type = "Delivery-" + database.name();

    private final TopicReader topic = TopicReader.ofCommitted("outbox.event." + type);
    private final Delivery delivery;

    DeliveryTest(Delivery delivery) {
        this.delivery = delivery;
    }

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    @Test
    void publishesWhatWasCommittedWhileItWasDown() {
        database.publish(type, "42", "before");
        try (var relay = RunningRelay.on(database, delivery)) {
            database.publish(type, "42", "after");
            assertThat(topic.until(2)).extracting(TopicReader::value).containsExactly("before", "after");
            assertThat(topic.poll()).allSatisfy(record -> {
                assertThat(new String(record.key(), UTF_8)).isEqualTo("42");
                assertThat(TopicReader.header(record, EventHeaders.TYPE)).isEqualTo("Happened");
            });
        }
    }

    @Test
    void publishesNothingThatWasRolledBack() throws Exception {
        try (var relay = RunningRelay.on(database, delivery);
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            OutboxDatabase.insert(connection, type, "1", "rolled back");
            connection.rollback();
            OutboxDatabase.insert(connection, type, "1", "first");
            Savepoint savepoint = connection.setSavepoint();
            OutboxDatabase.insert(connection, type, "1", "undone");
            connection.rollback(savepoint);
            OutboxDatabase.insert(connection, type, "1", "second");
            connection.commit();
            assertThat(topic.until(2)).extracting(TopicReader::value).containsExactly("first", "second");
        }
        assertThat(topic.poll()).hasSize(2);
    }

    @Test
    void showsTheBoundariesOfATransaction() throws Exception {
        try (var relay = RunningRelay.on(database, delivery);
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 3; i++) {
                OutboxDatabase.insert(connection, type, "same", String.valueOf(i));
            }
            connection.commit();
            OutboxDatabase.insert(connection, type, "same", "alone");
            connection.commit();
            topic.until(4);
        }
        List<ConsumerRecord<byte[], byte[]>> records = topic.poll();
        assertThat(headers(records, EventHeaders.TX_ORDER)).containsExactly("1", "2", "3", "1");
        assertThat(headers(records, EventHeaders.TX_LAST)).containsExactly(null, null, "true", "true");
        assertThat(headers(records, EventHeaders.TX).distinct()).hasSize(2);
        List<Lsn> positions =
                headers(records, EventHeaders.LSN).map(Lsn::parse).distinct().toList();
        assertThat(positions).hasSize(2).isSorted();
        assertThat(headers(records, EventHeaders.COMMITTED_AT)).doesNotContainNull();
    }

    private static Stream<String> headers(List<ConsumerRecord<byte[], byte[]>> records, String name) {
        return records.stream().map(record -> TopicReader.header(record, name));
    }

    static Stream<String> payloads() {
        return Stream.of(
                "",
                "it's \"quoted\" and \\escaped\\",
                "line one\nline two\r\n\ttabbed\u0001",
                "Grüße, 世界, 🧾👩‍👩‍👧",
                "{\"a\":1, \"a\":2,   \"b\":[ ] }",
                "x".repeat(1 << 20),
                "🧾".repeat(1 << 18));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void keepsAPayloadByteForByte(String payload) {
        try (var relay = RunningRelay.on(database, delivery)) {
            database.publish(type, "1", payload);
            assertThat(topic.until(1).getFirst().value()).isEqualTo(payload.getBytes(UTF_8));
        }
    }

    @Test
    void makesATombstoneOfANullPayload() {
        try (var relay = RunningRelay.on(database, delivery)) {
            database.publish(type, "1", null);
            assertThat(topic.until(1).getFirst().value()).isNull();
        }
    }

    @Test
    void ignoresWhatHappensToARowAfterItsInsert() {
        database.execute("ALTER PUBLICATION walpost SET (publish = 'insert, update, delete, truncate')");
        try (var relay = RunningRelay.on(database, delivery)) {
            database.publish(type, "1", "one");
            database.execute(
                    "UPDATE outboxevent SET payload = 'changed'", "DELETE FROM outboxevent", "TRUNCATE outboxevent");
            database.publish(type, "1", "two");
            assertThat(topic.until(2)).extracting(TopicReader::value).containsExactly("one", "two");
        }
    }

    @Test
    void keepsTheOrderOfEachAggregateUnderConcurrentWriters() throws Exception {
        Map<String, Integer> expected;
        try (var relay = RunningRelay.on(database, delivery);
                var workload = Workload.start(database, type, 4, 20_261_120)) {
            await().atMost(PATIENCE).until(() -> workload.committed() >= 3_000);
            expected = workload.finish();
            topic.until(records -> Workload.isComplete(records, expected));
            int records = topic.poll().size();
            await().atMost(PATIENCE).until(() -> relay.metrics().events() == records);
        }
        assertThat(Workload.verify(topic.poll(), expected)).as("duplicates").isZero();
    }

    @Test
    void confirmsAtAStopWhatItPublishedSoThatNothingIsPublishedTwice() throws Exception {
        try (var relay = RunningRelay.on(database, delivery).streaming();
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 2_000; i++) {
                OutboxDatabase.insert(connection, type, "1", String.valueOf(i));
            }
            connection.commit();
            await().atMost(PATIENCE).until(() -> relay.metrics().events() > 0);
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        try (var relay = RunningRelay.on(database, delivery)) {
            database.publish(type, "1", "last");
            topic.until(records -> records.stream().anyMatch(record -> "last".equals(TopicReader.value(record))));
        }
        assertThat(topic.poll()).hasSize(2_001);
    }

    @Test
    void movesTheSlotOfAnIdleOutboxWhileOtherTablesAreWritten() {
        try (var relay = RunningRelay.on(database, delivery).streaming()) {
            for (int i = 0; i < 50; i++) {
                database.execute("INSERT INTO other (body) VALUES (repeat('x', 5000))");
            }
            Lsn written = database.currentLsn();
            await().atMost(PATIENCE).until(() -> !written.isAfter(database.confirmedFlushLsn()));
            assertThat(relay.metrics().events()).isZero();
            assertThat(relay.metrics().lag()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void standsByWhileAnotherRelayHoldsTheSlotAndTakesOver() {
        try (var second = heldByAnother()) {
            database.publish(type, "1", "by the second");
            assertThat(topic.until(2)).extracting(TopicReader::value).containsExactly("by the first", "by the second");
        }
    }

    private RunningRelay heldByAnother() {
        try (var first = RunningRelay.on(database, delivery).streaming()) {
            RunningRelay second = RunningRelay.on(database, delivery);
            await().atMost(PATIENCE).until(() -> second.metrics().errors(FailureKind.SLOT_BUSY) >= 2);
            assertThat(second.metrics().state()).isNotEqualTo(RelayState.STREAMING);
            database.publish(type, "1", "by the first");
            topic.until(1);
            return second;
        }
    }

    @Test
    void countsWhatItDoes() {
        try (var relay = RunningRelay.on(database, delivery)) {
            database.publish(type, "1", "a payload");
            topic.until(1);
            RelayMetrics metrics = relay.metrics();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(metrics.events()).isEqualTo(1);
                assertThat(metrics.bytes()).isGreaterThan("a payload".length());
                assertThat(metrics.inFlightEvents()).isZero();
                assertThat(metrics.confirmedLsn()).isNotEqualTo(Lsn.ZERO).isEqualTo(metrics.acknowledgedLsn());
                assertThat(metrics.lag()).isEqualTo(Duration.ZERO);
            });
            assertThat(metrics.reconnects()).isZero();
            assertThat(metrics.lastFailure()).isEmpty();
            assertThat(metrics.sinceLastTurn()).isLessThan(Duration.ofSeconds(5));
        }
    }
}
