package io.walpost.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.UnprocessableEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from an order's event what the index is to hold.
 *
 * <p>An event of any type that carries the order as it then is will do: what exactly happened does not matter to an index.
 * The types that are known must carry it. Fields that are not known are skipped, and never come into the index.
 */
final class OrderEventReader {

    private static final Set<String> CHANGES = Set.of("OrderPlaced", "OrderLineAdded", "OrderCancelled");
    private static final String DELETED = "OrderDeleted";
    private static final String ORDER = "order";

    /** Says that the order is gone, and nothing of what was in it. */
    private static final byte[] DELETED_SOURCE = "{\"deleted\":true}".getBytes(StandardCharsets.UTF_8);

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private static final ObjectReader CHANGED_READER = JSON.readerFor(OrderEvent.Changed.class);
    private static final ObjectReader DELETED_READER = JSON.readerFor(OrderEvent.Deleted.class);

    /**
     * @return the document; empty if the event is none of the index's business
     * @throws UnprocessableEventException if it has no type, or its payload is not what its type promises
     */
    Optional<OrderDocument> read(ReceivedEvent event) throws UnprocessableEventException {
        if (event.type().isEmpty()) {
            throw new UnprocessableEventException("The header 'type' is missing, and nothing else says what happened");
        }
        String type = event.type().get();
        if (!type.equals(DELETED) && !CHANGES.contains(type) && !carriesAnOrder(event)) {
            return Optional.empty();
        }
        if (event.isTombstone()) {
            throw new UnprocessableEventException("The " + type + " has no payload");
        }
        ObjectReader reader = type.equals(DELETED) ? DELETED_READER : CHANGED_READER;
        OrderEvent orderEvent = parse(reader, type, event.payload());
        if (!orderEvent.orderId().toString().equals(event.aggregateId())) {
            throw new UnprocessableEventException("The orderId of the " + type + " is not the key of its record");
        }
        return Optional.of(
                new OrderDocument(orderEvent.orderId().toString(), orderEvent.version(), source(orderEvent)));
    }

    /** Looks at the fields of the object alone; what is no object carries nothing. */
    private static boolean carriesAnOrder(ReceivedEvent event) {
        if (event.isTombstone()) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(event.payload())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(ORDER)) {
                    return parser.nextToken() == JsonToken.START_OBJECT;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
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
            throw new UnprocessableEventException("The " + type + " cannot be indexed: " + reasonOf(e));
        } catch (JsonProcessingException e) {
            throw new UnprocessableEventException("The payload is not the JSON of an " + type + placeOf(e));
        } catch (IOException e) {
            throw new UnprocessableEventException("The payload of the " + type + " is not readable as text");
        }
    }

    private static byte[] source(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Deleted deleted -> DELETED_SOURCE;
            case OrderEvent.Changed changed -> write(changed.order());
        };
    }

    private static byte[] write(OrderState order) {
        try {
            return JSON.writeValueAsBytes(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON cannot be written as JSON", e);
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
