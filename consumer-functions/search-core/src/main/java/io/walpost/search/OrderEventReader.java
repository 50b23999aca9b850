package io.walpost.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.UnprocessableEventException;
import io.walpost.consumer.json.StrictReader;
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

    private static final JsonMapper JSON = StrictReader.strict().build();
    private static final StrictReader<OrderEvent> CHANGED_READER =
            new StrictReader<>(JSON, OrderEvent.Changed.class, "indexed");
    private static final StrictReader<OrderEvent> DELETED_READER =
            new StrictReader<>(JSON, OrderEvent.Deleted.class, "indexed");

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
        StrictReader<OrderEvent> reader = type.equals(DELETED) ? DELETED_READER : CHANGED_READER;
        OrderEvent orderEvent = reader.read(type, event.payload());
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
}
