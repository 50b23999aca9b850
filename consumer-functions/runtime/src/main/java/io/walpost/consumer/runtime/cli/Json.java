package io.walpost.consumer.runtime.cli;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

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

    static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(known -> jakarta.json.Json.createValue(known.toString()))
                .orElse(JsonValue.NULL);
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
