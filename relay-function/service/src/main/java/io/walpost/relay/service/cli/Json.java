package io.walpost.relay.service.cli;

import io.walpost.relay.failure.Finding;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts values into JSON; what is not known is null. */
final class Json {

    private Json() {}

    static JsonObjectBuilder object() {
        return jakarta.json.Json.createObjectBuilder();
    }

    static JsonArrayBuilder array(Collection<JsonObject> items) {
        JsonArrayBuilder array = jakarta.json.Json.createArrayBuilder();
        items.forEach(array::add);
        return array;
    }

    static JsonValue number(OptionalLong value) {
        return value.isPresent() ? jakarta.json.Json.createValue(value.getAsLong()) : JsonValue.NULL;
    }

    static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(known -> jakarta.json.Json.createValue(known.toString()))
                .orElse(JsonValue.NULL);
    }

    static JsonObject finding(Finding finding) {
        return object().add("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .add("problem", finding.problem())
                .add("mend", finding.mend())
                .build();
    }

    static String pretty(JsonObject json) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = jakarta.json.Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(json);
        }
        return text.toString().strip();
    }
}
