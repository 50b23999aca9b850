package io.walpost.outbox.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxColumns;
import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.it.ItemEvent.ItemNumber;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log holds is what was published, byte for byte. */
@QuarkusTest
@TestProfile(Messages.class)
class MessageContentTest {

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    @Inject
    Tracer tracer;

    private WriteAheadLog log;

    @BeforeEach
    void watchTheLog() throws SQLException {
        log = new WriteAheadLog(dataSource);
    }

    @AfterEach
    void stopWatching() throws SQLException {
        log.close();
    }

    @Test
    void writesTheFieldsOfTheContractInTheirOrder() throws SQLException {
        UUID id = UUID.randomUUID();
        Instant timestamp = Instant.parse("2026-01-02T03:04:05.678901999Z");

        publish(new OutboxEvent(id, "Item", "ä 1", "Ädded", timestamp, "{\"a\" : \"🦭\"}"));

        assertThat(new String(log.messageContents().getFirst(), UTF_8))
                .isEqualTo(
                        "{\"id\":\"" + id + "\",\"aggregatetype\":\"Item\",\"aggregateid\":\"ä 1\",\"type\":\"Ädded\","
                                + "\"timestamp\":\"2026-01-02T03:04:05.678901Z\",\"payload\":\"{\\\"a\\\" : \\\"🦭\\\"}\"}");
    }

    static Stream<String> payloads() {
        return OutboxRowTest.payloads();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void keepsThePayloadByteForByte(String payload) throws SQLException, IOException {
        publish(OutboxEvent.of("item", "1", "Added", payload));

        JsonNode field = published().get(OutboxColumns.PAYLOAD);
        assertThat(field.isTextual()).isTrue();
        assertThat(field.textValue().getBytes(UTF_8)).isEqualTo(payload.getBytes(UTF_8));
    }

    @Test
    void writesATombstoneAsNull() throws SQLException, IOException {
        publish(OutboxEvent.of("item", "1", "Removed", null));

        JsonNode content = published();
        assertThat(content.has(OutboxColumns.PAYLOAD)).isTrue();
        assertThat(content.get(OutboxColumns.PAYLOAD).isNull()).isTrue();
    }

    @Test
    void writesAnInstanceOfAMarkedClass() throws SQLException, IOException {
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> outbox.publish(new ItemEvent.Renamed(new ItemNumber(7), "pen")));

        JsonNode content = published();
        assertThat(content.get(OutboxColumns.ID).textValue()).isEqualTo(id.toString());
        assertThat(content.get(OutboxColumns.AGGREGATE_ID).textValue()).isEqualTo("item-7");
        assertThat(content.get(OutboxColumns.PAYLOAD).textValue())
                .isEqualTo("{\"number\":{\"value\":7},\"name\":\"pen\"}");
    }

    @Test
    void writesTheActiveSpan() throws SQLException, IOException {
        Span span = tracer.spanBuilder("placing").startSpan();
        try (Scope active = span.makeCurrent()) {
            publish(OutboxEvent.of("item", "1", "Added", "{}"));
        } finally {
            span.end();
        }

        assertThat(published().get(OutboxColumns.TRACING_SPAN_CONTEXT).textValue())
                .isEqualTo("traceparent=00-%s-%s-%s\n"
                        .formatted(
                                span.getSpanContext().getTraceId(),
                                span.getSpanContext().getSpanId(),
                                span.getSpanContext().getTraceFlags().asHex()));
    }

    private void publish(OutboxEvent event) {
        UUID id = QuarkusTransaction.requiringNew().call(() -> outbox.publish(event));
        assertThat(id).isEqualTo(event.id());
    }

    private JsonNode published() throws SQLException, IOException {
        return new ObjectMapper().readTree(log.messageContents().getFirst());
    }
}
