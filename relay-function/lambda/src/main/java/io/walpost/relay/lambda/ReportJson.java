package io.walpost.relay.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.SlotStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A report as JSON; what is not known is left out. */
final class ReportJson {

    private static final JsonFactory JSON = new JsonFactory();

    private ReportJson() {}

    static String of(String slot, Mode mode, RunReport report, Duration time) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("slot", slot);
            json.writeStringField("mode", mode.label());
            json.writeStringField("reason", report.reason().label());
            json.writeNumberField("events", report.events());
            json.writeNumberField("bytes", report.bytes());
            write(json, "fromLsn", report.from());
            write(json, "toLsn", report.to());
            write(json, "targetLsn", report.target());
            if (report.slot().isPresent()) {
                write(json, report.slot().get());
            }
            json.writeNumberField("millis", time.toMillis());
            if (report.failure().isPresent()) {
                write(json, report.failure().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, Optional<Lsn> position) throws IOException {
        if (position.isPresent()) {
            json.writeStringField(name, position.get().toString());
        }
    }

    private static void write(JsonGenerator json, SlotStatus slot) throws IOException {
        json.writeNumberField("lagBytes", slot.lagBytes());
        if (slot.retainedBytes().isPresent()) {
            json.writeNumberField("retainedBytes", slot.retainedBytes().getAsLong());
        }
    }

    private static void write(JsonGenerator json, RelayException failure) throws IOException {
        json.writeObjectFieldStart("failure");
        json.writeStringField("kind", failure.kind().label());
        json.writeStringField("message", failure.getMessage());
        json.writeStringField("hint", failure.hint());
        json.writeEndObject();
    }
}
