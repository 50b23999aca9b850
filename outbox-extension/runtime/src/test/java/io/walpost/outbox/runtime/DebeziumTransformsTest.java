package io.walpost.outbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.config.CommonConnectorConfig.BinaryHandlingMode;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchemaFactory;
import io.debezium.connector.postgresql.transforms.DecodeLogicalDecodingMessageContent;
import io.debezium.schema.SchemaNameAdjuster;
import io.debezium.transforms.outbox.EventRouter;
import io.walpost.outbox.EventTopics;
import io.walpost.outbox.OutboxColumns;
import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.OutboxMessage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Debezium's own transforms make a record of a message, with the options that they need for a row. */
class DebeziumTransformsTest {

    private final DecodeLogicalDecodingMessageContent<SourceRecord> decode =
            new DecodeLogicalDecodingMessageContent<>();
    private final EventRouter<SourceRecord> route = new EventRouter<>();

    @BeforeEach
    void configure() {
        decode.configure(Map.of("fields.null.include", "true"));
        route.configure(Map.of(
                "table.fields.additional.placement",
                "type:header,timestamp:header,tracingspancontext:header",
                "table.fields.additional.error.on.missing",
                "false",
                "route.tombstone.on.empty.payload",
                "true"));
    }

    @AfterEach
    void close() {
        decode.close();
        route.close();
    }

    @Test
    void makeARecordOfAMessage() {
        Instant timestamp = Instant.parse("2026-01-02T03:04:05.678901Z");
        String payload = "{ \"a\":1.10,\n \"b\" : \"🦭\u0001\" }";
        OutboxEvent event = new OutboxEvent(UUID.randomUUID(), "Order", "ä 42", "Placed", timestamp, payload);

        SourceRecord published = transform(MessageContent.of(event, "traceparent=00-a-b-01\n"));

        assertThat(published.topic()).isEqualTo(EventTopics.DEFAULT_PREFIX + "Order");
        assertThat(published.key()).isEqualTo("ä 42");
        assertThat(published.value()).isEqualTo(payload);
        assertThat(headers(published))
                .containsEntry("id", event.id().toString())
                .containsEntry("type", "Placed")
                .containsEntry(OutboxColumns.TIMESTAMP, "2026-01-02T03:04:05.678901Z")
                .containsEntry(OutboxColumns.TRACING_SPAN_CONTEXT, "traceparent=00-a-b-01\n");
    }

    @Test
    void makeARecordOfAMessageWithoutATrace() {
        SourceRecord published =
                transform(MessageContent.of(OutboxEvent.of("Order", "42", "Placed", "not JSON"), null));

        assertThat(published.value()).isEqualTo("not JSON");
        assertThat(headers(published)).containsOnlyKeys("id", "type", OutboxColumns.TIMESTAMP);
    }

    @Test
    void makeATombstoneOfAMessageWithoutAPayload() {
        OutboxEvent event = OutboxEvent.of("Order", "42", "Removed", null);

        SourceRecord published = transform(MessageContent.of(event, null));

        assertThat(published.key()).isEqualTo("42");
        assertThat(published.value()).isNull();
        assertThat(published.valueSchema()).isNull();
    }

    private SourceRecord transform(byte[] content) {
        return route.apply(decode.apply(asTheConnectorPassesIt(content)));
    }

    private static SourceRecord asTheConnectorPassesIt(byte[] content) {
        PostgresConnectorConfig connector = new PostgresConnectorConfig(
                Configuration.from(Map.of("topic.prefix", "shop", "database.dbname", "shop")));
        Schema schema = PostgresSchemaFactory.get()
                .logicalDecodingMessageMonitorValueSchema(
                        SchemaNameAdjuster.NO_OP, connector, BinaryHandlingMode.BYTES);
        Schema messageSchema = schema.field("message").schema();
        Struct value = new Struct(schema)
                .put("op", "m")
                .put("ts_ms", 1_700_000_000_000L)
                .put("source", whereItComesFrom(schema.field("source").schema()))
                .put(
                        "message",
                        new Struct(messageSchema)
                                .put("prefix", OutboxMessage.DEFAULT_PREFIX)
                                .put("content", ByteBuffer.wrap(content)));
        return new SourceRecord(Map.of(), Map.of(), "shop.message", null, null, schema, value);
    }

    /** The transforms only pass it on: as little as its schema demands. */
    private static Struct whereItComesFrom(Schema schema) {
        Struct source = new Struct(schema);
        for (Field field : schema.fields()) {
            if (!field.schema().isOptional()) {
                source.put(field, field.schema().type() == Schema.Type.STRING ? "" : (Object) 0L);
            }
        }
        return source;
    }

    private static Map<String, Object> headers(SourceRecord published) {
        Map<String, Object> headers = new HashMap<>();
        for (Header header : published.headers()) {
            headers.put(header.key(), header.value());
        }
        return headers;
    }
}
