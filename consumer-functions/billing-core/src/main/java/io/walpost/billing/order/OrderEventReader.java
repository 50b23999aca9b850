package io.walpost.billing.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.UnprocessableEventException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an order's event from its JSON.
 *
 * <p>Strict about the fields that billing needs: none may be missing, null, or of another JSON type (Jackson's default
 * would turn 2.7 pieces into 2). Fields that it does not know are skipped, so that the producer may add some.
 */
@Singleton
public class OrderEventReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private static final Map<String, ObjectReader> READERS = Map.of(
            "OrderPlaced", JSON.readerFor(OrderPlaced.class),
            "OrderLineAdded", JSON.readerFor(OrderLineAdded.class),
            "OrderCancelled", JSON.readerFor(OrderCancelled.class));

    /**
     * @return the event; empty if its type is none that billing bills
     * @throws UnprocessableEventException if it has no type, or its payload is not what its type promises
     */
    public Optional<OrderEvent> read(ReceivedEvent event) throws UnprocessableEventException {
        if (event.type().isEmpty()) {
            throw new UnprocessableEventException("The header 'type' is missing, and nothing else says what happened");
        }
        String type = event.type().get();
        ObjectReader reader = READERS.get(type);
        if (reader == null) {
            return Optional.empty();
        }
        if (event.isTombstone()) {
            throw new UnprocessableEventException("The " + type + " has no payload");
        }
        OrderEvent orderEvent = parse(reader, type, event.payload());
        if (!Long.toString(orderEvent.orderId()).equals(event.aggregateId())) {
            throw new UnprocessableEventException("The orderId of the " + type + " is not the key of its record");
        }
        return Optional.of(orderEvent);
    }

    private static OrderEvent parse(ObjectReader reader, String type, byte[] payload)
            throws UnprocessableEventException {
        try {
            OrderEvent event = reader.readValue(payload);
            if (event == null) {
                throw new UnprocessableEventException("The payload of the " + type + " is null");
            }
            return event;
        } catch (ValueInstantiationException e) {
            throw new UnprocessableEventException("The " + type + " cannot be billed: " + reasonOf(e));
        } catch (JsonProcessingException e) {
            throw new UnprocessableEventException("The payload is not the JSON of an " + type + placeOf(e));
        } catch (IOException e) {
            throw new UnprocessableEventException("The payload of the " + type + " is not readable as text");
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
