package io.walpost.outbox.runtime;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.walpost.outbox.OutboxColumns;
import io.walpost.outbox.OutboxEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The content of an event's message, as {@link io.walpost.outbox.OutboxMessage} describes it. The application's own JSON
 * settings are for its payloads; this is a format, and has a factory of its own.
 */
final class MessageContent {

    /** Without the feature, a character beyond the basic plane would take twelve bytes of escapes instead of four. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final int USUAL_SIZE_WITHOUT_PAYLOAD = 512;

    private MessageContent() {}

    /**
     * @param event an event whose texts UTF-8 can encode
     * @param tracingSpanContext the text of that field; null leaves it out
     */
    static byte[] of(OutboxEvent event, String tracingSpanContext) {
        String payload = event.payload();
        ByteArrayOutputStream content =
                new ByteArrayOutputStream(USUAL_SIZE_WITHOUT_PAYLOAD + (payload == null ? 0 : payload.length()));
        try (JsonGenerator json = JSON.createGenerator(content, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField(OutboxColumns.ID, event.id().toString());
            json.writeStringField(OutboxColumns.AGGREGATE_TYPE, event.aggregateType());
            json.writeStringField(OutboxColumns.AGGREGATE_ID, event.aggregateId());
            json.writeStringField(OutboxColumns.TYPE, event.type());
            json.writeStringField(OutboxColumns.TIMESTAMP, text(event.timestamp()));
            if (tracingSpanContext != null) {
                json.writeStringField(OutboxColumns.TRACING_SPAN_CONTEXT, tracingSpanContext);
            }
            json.writeStringField(OutboxColumns.PAYLOAD, payload);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return content.toByteArray();
    }

    /** To the microsecond, as a table's row would have it. */
    private static String text(Instant timestamp) {
        return timestamp.truncatedTo(ChronoUnit.MICROS).toString();
    }
}
