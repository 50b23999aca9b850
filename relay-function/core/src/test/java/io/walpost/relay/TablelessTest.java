package io.walpost.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.EventHeaders;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.route.RoutingSettings;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events without a table, on a real PostgreSQL and a real Kafka: in this database there is no table at all. */
class TablelessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ID = "6f0a3c1e-5f0c-4c55-9c0a-0f3d7c0b8a11";

    private final OutboxDatabase database = OutboxDatabase.bare();
    private final String type = "Tableless-" + database.name();
    private final TopicReader topic = new TopicReader("outbox.event." + type);
    private final PostgresSettings settings =
            database.capturing(List.of(), Optional.of("outbox"), List.of("tenant", "n:x-number"));

    TablelessTest() {
        database.execute(
                "CREATE PUBLICATION walpost WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('" + database.slot() + "', 'pgoutput')");
    }

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    private RunningRelay relay() {
        return RunningRelay.on(settings, RoutingSettings.of("/walpost/test"));
    }

    private String content(String id, String payloadJson, String further) {
        return "{\"id\":\"" + id + "\",\"aggregatetype\":\"" + type
                + "\",\"aggregateid\":\"42\",\"type\":\"Happened\",\"timestamp\":\"2026-03-01T12:00:00.123456Z\","
                + "\"payload\":" + payloadJson + further + "}";
    }

    private String content(String payload) {
        return content(UUID.randomUUID().toString(), "\"" + payload + "\"", "");
    }

    private static void emit(Connection connection, boolean transactional, String prefix, String content)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_logical_emit_message(?, ?, ?::bytea)")) {
            statement.setBoolean(1, transactional);
            statement.setString(2, prefix);
            statement.setBytes(3, content.getBytes(UTF_8));
            statement.execute();
        }
    }

    private void emit(String content) throws SQLException {
        try (Connection connection = database.connect()) {
            emit(connection, true, "outbox", content);
        }
    }

    @Test
    void publishesAMessageAsTheWireContractSays() throws Exception {
        emit(content(
                ID,
                "\"{\\\"a\\\":1.10}\"",
                ",\"tracingspancontext\":\"traceparent=00-a-b-01\\n\",\"tenant\":\"ü\",\"n\":7"));
        try (var relay = relay()) {
            topic.until(1);
        }
        ConsumerRecord<byte[], byte[]> record = topic.poll().getFirst();
        assertThat(new String(record.key(), UTF_8)).isEqualTo("42");
        assertThat(TopicReader.value(record)).isEqualTo("{\"a\":1.10}");
        assertThat(TopicReader.header(record, EventHeaders.ID)).isEqualTo(ID);
        assertThat(TopicReader.header(record, EventHeaders.CE_ID)).isEqualTo(ID);
        assertThat(TopicReader.header(record, EventHeaders.TYPE)).isEqualTo("Happened");
        assertThat(TopicReader.header(record, EventHeaders.CE_SUBJECT)).isEqualTo("42");
        assertThat(TopicReader.header(record, EventHeaders.CE_TIME)).isEqualTo("2026-03-01T12:00:00.123456Z");
        assertThat(TopicReader.header(record, EventHeaders.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(TopicReader.header(record, EventHeaders.TRACEPARENT)).isEqualTo("00-a-b-01");
        assertThat(TopicReader.header(record, EventHeaders.TX_ORDER)).isEqualTo("1");
        assertThat(TopicReader.header(record, EventHeaders.TX_LAST)).isEqualTo("true");
        assertThat(TopicReader.header(record, "tenant")).isEqualTo("ü");
        assertThat(TopicReader.header(record, "x-number")).isEqualTo("7");
    }

    @Test
    void publishesWhatItsTransactionCommits() throws Exception {
        try (var relay = relay();
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            emit(connection, true, "outbox", content("rolled back"));
            emit(connection, false, "outbox", content("outside of any transaction"));
            connection.rollback();
            emit(connection, true, "outboxes", content("of others"));
            emit(connection, true, "outbox", content("first"));
            emit(connection, true, "outbox", content(UUID.randomUUID().toString(), "null", ""));
            connection.commit();
            emit(connection, true, "outbox", content("second"));
            connection.commit();
            assertThat(topic.until(3)).extracting(TopicReader::value).containsExactly("first", null, "second");
            assertThat(topic.poll())
                    .extracting(record -> TopicReader.header(record, EventHeaders.TX_LAST))
                    .containsExactly(null, "true", "true");
        }
        try (var relay = relay()) {
            emit(content("third"));
            topic.until(4);
        }
        assertThat(topic.poll()).extracting(TopicReader::value).containsExactly("first", null, "second", "third");
    }

    @Test
    void keepsAPayloadByteForByte() throws Exception {
        String large = "Grüße, 世界, 🧾👩‍👩‍👧 ".repeat(15_000);
        try (var relay = relay()) {
            emit(content(large));
            emit(content("\\u0047r\\u00fc\\u00dfe \\\"\\\\\\/\\n \\ud83e\\uddfe  {\\\"a\\\": 1.10 }"));
            assertThat(topic.until(2))
                    .extracting(TopicReader::value)
                    .containsExactly(large, "Grüße \"\\/\n 🧾  {\"a\": 1.10 }");
        }
    }

    @Test
    void waitsAtAMessageOfWhichNoEventCanBeMade() throws Exception {
        emit(content("before"));
        emit("secret, and no JSON");
        emit(content("behind"));
        try (var relay = relay()) {
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.EVENT_REFUSED) > 0);
            assertThat(relay.metrics().lastFailure()).hasValueSatisfying(failure -> assertThat(failure)
                    .hasMessageContaining("not one JSON object")
                    .hasMessageContaining("commit ")
                    .hasMessageNotContaining("secret"));
            assertThat(topic.until(1)).extracting(TopicReader::value).containsExactly("before");
        }
    }
}
