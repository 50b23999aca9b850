package io.walpost.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.EventHeaders;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.route.HeaderProfile;
import io.walpost.relay.route.RecordTimestamp;
import io.walpost.relay.route.RoutingSettings;
import io.walpost.relay.route.TopicRouting;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tables a relay reads and how it follows their changes, on a real PostgreSQL and a real Kafka. */
class CaptureTest {

    private static final String OUTBOX = "public.outboxevent";
    private static final RoutingSettings ROUTING = RoutingSettings.of("/walpost/test");

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Capture-" + database.name();
    private final TopicReader topic = new TopicReader("outbox.event." + type);

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    private PostgresSettings capturing(String... headers) {
        return database.capturing(List.of(OUTBOX), Optional.empty(), List.of(headers));
    }

    /** An INSERT of one event. */
    private String event(String table, String payload, String... further) {
        String columns = "";
        String values = "";
        for (String column : further) {
            columns += ", " + column.substring(0, column.indexOf('='));
            values += ", '" + column.substring(column.indexOf('=') + 1) + "'";
        }
        return "INSERT INTO " + table + " (id, aggregatetype, aggregateid, type, timestamp, payload" + columns
                + ") VALUES (gen_random_uuid(), '" + type + "', '1', 'Happened', '2026-03-01 12:00:00.5+00', '"
                + payload
                + "'" + values + ")";
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(TopicReader::value).toList();
    }

    private List<String> headers(String name) {
        return topic.poll().stream()
                .map(record -> String.valueOf(TopicReader.header(record, name)))
                .toList();
    }

    @Test
    void numbersTheRowsOfSeveralTablesAndMessagesInOneTransaction() {
        database.execute(
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.\"Outbox\" (LIKE outboxevent)",
                "ALTER PUBLICATION walpost ADD TABLE sales.\"Outbox\", other");
        String message = "SELECT pg_logical_emit_message(true, 'outbox', convert_to('{\"id\":\"' || gen_random_uuid()"
                + " || '\",\"aggregatetype\":\"" + type + "\",\"aggregateid\":\"1\",\"type\":\"Happened\","
                + "\"timestamp\":\"2026-03-01T12:00:00Z\",\"payload\":\"%s\"}', 'UTF8'))";
        String other = "INSERT INTO other (body) VALUES ('no event')";
        PostgresSettings both = database.capturing(List.of(OUTBOX, "sales.Outbox"), Optional.of("outbox"), List.of());
        try (var relay = RunningRelay.on(both, ROUTING)) {
            transaction(event("outboxevent", "a1"), other, event("sales.\"Outbox\"", "a2"), message.formatted("a3"));
            transaction(message.formatted("b1"), event("sales.\"Outbox\"", "b2"), other);
            transaction(
                    event("outboxevent", "c1"),
                    "SAVEPOINT s",
                    message.formatted("undone"),
                    event("outboxevent", "undone"),
                    "ROLLBACK TO s",
                    "SELECT pg_logical_emit_message(true, 'audit', 'no event')");
            transaction(other, "SELECT pg_logical_emit_message(true, 'audit', 'no event')");
            assertThat(values(topic.until(6))).containsExactly("a1", "a2", "a3", "b1", "b2", "c1");
        }
        assertThat(headers(EventHeaders.TX_ORDER)).containsExactly("1", "2", "3", "1", "2", "1");
        assertThat(headers(EventHeaders.TX_LAST)).containsExactly("null", "null", "true", "null", "true", "true");
        assertThat(headers(EventHeaders.TX).stream().distinct()).hasSize(3);
        assertThat(headers(EventHeaders.LSN).stream().distinct()).hasSize(3);
    }

    private void transaction(String... statements) {
        String[] all = new String[statements.length + 2];
        all[0] = "BEGIN";
        System.arraycopy(statements, 0, all, 1, statements.length);
        all[all.length - 1] = "COMMIT";
        database.execute(all);
    }

    @Test
    void readsAPartitionedTableAsOne() {
        database.execute(
                "ALTER PUBLICATION walpost DROP TABLE outboxevent",
                "DROP TABLE outboxevent",
                "CREATE TABLE outboxevent (id uuid, aggregatetype text, aggregateid text, type text,"
                        + " timestamp timestamptz, payload text, tenant text) PARTITION BY LIST (tenant)",
                "CREATE TABLE outbox_a PARTITION OF outboxevent FOR VALUES IN ('a')",
                "CREATE TABLE outbox_b (tenant text, dropped int, payload text, timestamp timestamptz, type text,"
                        + " aggregateid text, aggregatetype text, id uuid)",
                "ALTER TABLE outbox_b DROP COLUMN dropped",
                "ALTER TABLE outboxevent ATTACH PARTITION outbox_b FOR VALUES IN ('b')",
                "ALTER PUBLICATION walpost ADD TABLE outboxevent",
                "ALTER PUBLICATION walpost SET (publish_via_partition_root = true)");
        try (var relay = RunningRelay.on(capturing("tenant"), ROUTING)) {
            database.execute(
                    event("outboxevent", "1", "tenant=a"),
                    event("outboxevent", "2", "tenant=b"),
                    event("outbox_b", "3", "tenant=b"));
            topic.until(3);
            database.execute(
                    "CREATE TABLE outbox_c PARTITION OF outboxevent FOR VALUES IN ('c')",
                    event("outboxevent", "4", "tenant=c"),
                    "ALTER TABLE outboxevent DETACH PARTITION outbox_a",
                    "ALTER TABLE outboxevent ADD COLUMN later text",
                    event("outboxevent", "5", "tenant=b"));
            assertThat(values(topic.until(5))).containsExactly("1", "2", "3", "4", "5");
        }
        assertThat(headers("tenant")).containsExactly("a", "b", "b", "c", "b");
    }

    @Test
    void followsColumnsThatComeAndGoWhileEventsFlow() {
        database.execute("ALTER TABLE outboxevent ADD COLUMN tenant text");
        // At the start no table has a region: that would be taken for a mistake.
        assertThat(RunningRelay.on(capturing("tenant", "region:x-region"), ROUTING)
                        .failure())
                .hasMessageContaining("'region'");
        database.execute("ALTER TABLE outboxevent ADD COLUMN region int");
        try (var relay = RunningRelay.on(capturing("tenant", "region:x-region"), ROUTING)) {
            changeColumns("live", topic::until);
        }
        assertChanged("live", 0);

        database.execute(
                "ALTER TABLE outboxevent RENAME COLUMN tenant_name TO tenant",
                "ALTER TABLE outboxevent ADD COLUMN region int");
        changeColumns("down", count -> {});
        database.execute(
                "ALTER TABLE outboxevent RENAME COLUMN tenant_name TO tenant",
                "ALTER TABLE outboxevent ADD COLUMN region int");
        try (var relay = RunningRelay.on(capturing("tenant", "region:x-region"), ROUTING)) {
            topic.until(12);
        }
        assertChanged("down", 6);
    }

    private void changeColumns(String when, IntConsumer afterEach) {
        List<String[]> steps = List.of(
                new String[] {event("outboxevent", when + "1", "tenant=a", "region=1")},
                new String[] {"ALTER TABLE outboxevent DROP COLUMN region", event("outboxevent", when + "2", "tenant=b")
                },
                new String[] {
                    "ALTER TABLE outboxevent ADD COLUMN region text",
                    event("outboxevent", when + "3", "tenant=c", "region=three")
                },
                new String[] {
                    "ALTER TABLE outboxevent RENAME COLUMN tenant TO tenant_name",
                    event("outboxevent", when + "4", "tenant_name=d", "region=four")
                },
                new String[] {event("outboxevent", when + "5", "tenant_name=e")},
                new String[] {
                    "ALTER TABLE outboxevent DROP COLUMN region, DROP COLUMN IF EXISTS tracingspancontext",
                    event("outboxevent", when + "6")
                });
        for (int count = 1; count <= steps.size(); count++) {
            database.execute(steps.get(count - 1));
            afterEach.accept(count);
        }
    }

    private void assertChanged(String when, int from) {
        List<ConsumerRecord<byte[], byte[]>> records = topic.poll().subList(from, from + 6);
        assertThat(values(records))
                .containsExactly(when + "1", when + "2", when + "3", when + "4", when + "5", when + "6");
        assertThat(records)
                .extracting(record -> TopicReader.header(record, "tenant"))
                .containsExactly("a", "b", "c", null, null, null);
        assertThat(records)
                .extracting(record -> TopicReader.header(record, "x-region"))
                .containsExactly("1", null, "three", "four", null, null);
    }

    @Test
    void goesOnWithoutAHeaderWhoseColumnIsGoneWhenTheStreamStartsAnew() {
        database.execute("ALTER TABLE outboxevent ADD COLUMN tenant text");
        try (var relay = RunningRelay.on(capturing("tenant"), ROUTING).streaming()) {
            database.execute(
                    event("outboxevent", "with", "tenant=a"),
                    "ALTER TABLE outboxevent DROP COLUMN tenant",
                    "SELECT pg_terminate_backend(" + database.walsender() + ")",
                    event("outboxevent", "without"));
            assertThat(values(topic.until(2))).containsExactly("with", "without");
            assertThat(relay.metrics().reconnects()).isPositive();
        }
        assertThat(headers("tenant")).containsExactly("a", "null");
    }

    @Test
    void followsAPayloadFromTextToJsonToBytes() {
        PostgresSettings settings = capturing();
        try (var relay = RunningRelay.on(settings, ROUTING).streaming()) {
            database.execute(event("outboxevent", "{\"b\": 1,  \"a\": 1.10}"));
            topic.until(1);
            toJsonb();
            topic.until(3);
        }
        toBytesAndBack();
        try (var relay = RunningRelay.on(settings, ROUTING)) {
            topic.until(6);
        }
        List<ConsumerRecord<byte[], byte[]>> records = topic.poll();
        assertThat(values(records).subList(0, 3))
                .containsExactly("{\"b\": 1,  \"a\": 1.10}", "{\"a\": 1.10, \"b\": 1}", null);
        assertThat(records.get(3).value()).containsExactly(0, 0xFF, 0x10);
        assertThat(records.get(4).value()).isEmpty();
        assertThat(values(records).get(5)).isEqualTo("text");
        assertThat(headers(EventHeaders.CONTENT_TYPE))
                .containsExactly(
                        "application/json",
                        "application/json",
                        "null",
                        "application/octet-stream",
                        "application/octet-stream",
                        "application/json");
    }

    private void toJsonb() {
        database.execute(
                "ALTER TABLE outboxevent ALTER COLUMN payload TYPE jsonb USING payload::jsonb",
                event("outboxevent", "{\"b\": 1,  \"a\": 1.10}"),
                event("outboxevent", "1").replace("'1')", "NULL)"));
    }

    private void toBytesAndBack() {
        database.execute(
                "ALTER TABLE outboxevent ALTER COLUMN payload TYPE bytea USING convert_to(payload::text, 'UTF8')",
                event("outboxevent", "\\x00ff10"),
                event("outboxevent", ""),
                "ALTER TABLE outboxevent ALTER COLUMN payload TYPE text USING encode(payload, 'hex')",
                event("outboxevent", "text"));
    }

    @Test
    void stopsAtARequiredColumnThatIsGoneAndNamesIt() {
        RunningRelay relay = RunningRelay.on(capturing(), ROUTING).streaming();
        database.execute(
                event("outboxevent", "before"),
                "ALTER TABLE outboxevent RENAME COLUMN aggregateid TO aggregate",
                event("outboxevent", "after").replace("aggregateid", "aggregate"));
        RelayException failure = relay.failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION);
        assertThat(failure).hasMessageContaining(OUTBOX).hasMessageContaining("'aggregateid'");
        assertThat(values(topic.until(1))).containsExactly("before");
    }

    @Test
    void routesStampsAndMarksAsConfigured() {
        try (TopicReader events = new TopicReader("all-" + database.name(), 1);
                TopicReader overridden = new TopicReader("special-" + database.name(), 1)) {
            RoutingSettings routing = new RoutingSettings(
                    "/walpost/test",
                    new TopicRouting("all-" + database.name(), Map.of(type, "special-" + database.name())),
                    HeaderProfile.DEBEZIUM,
                    RecordTimestamp.EVENT,
                    Optional.of("text/plain"));
            try (var relay = RunningRelay.on(capturing(), routing)) {
                database.execute(event("outboxevent", "one"));
                database.publish("Something else", "2", "two");
                assertThat(values(overridden.until(1))).containsExactly("one");
                assertThat(values(events.until(1))).containsExactly("two");
            }
            ConsumerRecord<byte[], byte[]> record = overridden.poll().getFirst();
            assertThat(Instant.ofEpochMilli(record.timestamp())).isEqualTo("2026-03-01T12:00:00.500Z");
            assertThat(TopicReader.header(record, EventHeaders.ID)).hasSize(36);
            assertThat(TopicReader.header(record, EventHeaders.CE_ID)).isNull();
            assertThat(TopicReader.header(record, EventHeaders.CONTENT_TYPE)).isEqualTo("text/plain");
            assertThat(new String(record.key(), UTF_8)).isEqualTo("1");
        }
    }

    @Test
    void confirmsAMessageOfOthersLikeAnyChange() {
        PostgresSettings both = database.capturing(List.of(OUTBOX), Optional.of("outbox"), List.of());
        try (var relay = RunningRelay.on(both, ROUTING).streaming()) {
            database.execute("SELECT pg_logical_emit_message(true, 'audit', repeat('x', 100000))");
            var written = database.currentLsn();
            await().atMost(Duration.ofSeconds(20)).until(() -> !written.isAfter(database.confirmedFlushLsn()));
            assertThat(relay.metrics().events()).isZero();
        }
    }
}
