package io.walpost.consumer.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.UnprocessableEventException;
import java.io.IOException;
import java.util.Objects;

/**
 * Reads payloads as objects of one type, whose constructor checks what JSON cannot say.
 *
 * <p>Strict about what it knows: a field is of the JSON type that it should be (Jackson's default would turn 2.7 pieces into
 * 2), and nothing stands behind the object. Fields that it does not know are skipped, so that the producer may add some.
 * What it says about a payload quotes nothing of it. Safe for use by several threads.
 */
public final class StrictReader<T> {

    private final ObjectReader reader;
    private final String purpose;

    /**
     * @param json see {@link #strict}
     * @param type what payloads are read as
     * @param purpose what cannot be done with an event that the constructor refuses, as in {@code billed}
     */
    public StrictReader(JsonMapper json, Class<? extends T> type, String purpose) {
        this.reader = json.readerFor(type);
        this.purpose = Objects.requireNonNull(purpose, "purpose");
    }

    /** What every reader is strict about; some are about more. */
    public static JsonMapper.Builder strict() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    }

    /**
     * @param eventType for what is said about the payload
     * @throws UnprocessableEventException if it is not what is expected
     */
    public T read(String eventType, byte[] payload) throws UnprocessableEventException {
        try {
            T value = reader.readValue(payload);
            if (value == null) {
                throw new UnprocessableEventException("The payload of the " + eventType + " is null");
            }
            return value;
        } catch (ValueInstantiationException e) {
            throw new UnprocessableEventException("The " + eventType + " cannot be " + purpose + ": " + reasonOf(e));
        } catch (JsonProcessingException e) {
            throw new UnprocessableEventException("The payload is not the JSON of an " + eventType + placeOf(e));
        } catch (IOException e) {
            throw new UnprocessableEventException("The payload of the " + eventType + " is not readable as text");
        }
    }

    /** The message of the constructor that refused, which quotes no value; Jackson's own messages may. */
    private static String reasonOf(ValueInstantiationException e) {
        return e.getCause() instanceof IllegalArgumentException refused ? refused.getMessage() : "it is not valid";
    }

    private static String placeOf(JsonProcessingException e) {
        StringBuilder place = new StringBuilder();
        if (e instanceof JsonMappingException mapping) {
            mapping.getPath().forEach(step -> place.append('/')
                    .append(step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName()));
        }
        if (e.getLocation() != null) {
            place.append(" (line ").append(e.getLocation().getLineNr());
            place.append(", column ").append(e.getLocation().getColumnNr()).append(')');
        }
        return place.isEmpty() ? "" : ", at " + place.toString().strip();
    }
}
