package io.walpost.consumer.lambda;

import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/** JSON as quarkus-amazon-lambda reads it. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .build();

    private Json() {}

    static KafkaEvent event(String json) throws IOException {
        return MAPPER.readValue(json, KafkaEvent.class);
    }

    /** @param name of a file in the folder {@code events} */
    static KafkaEvent fixture(String name) throws IOException {
        try (InputStream json = Json.class.getResourceAsStream("/events/" + name)) {
            return MAPPER.readValue(json, KafkaEvent.class);
        }
    }
}
