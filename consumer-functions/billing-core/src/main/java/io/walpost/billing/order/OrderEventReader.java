package io.walpost.billing.order;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.UnprocessableEventException;
import io.walpost.consumer.json.StrictReader;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an order's event from its JSON.
 *
 * <p>Strict about the fields that billing needs: none may be missing, null, or of another JSON type. Fields that it does not
 * know are skipped, so that the producer may add some.
 */
@Singleton
public class OrderEventReader {

    private static final JsonMapper JSON = StrictReader.strict()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final Map<String, StrictReader<OrderEvent>> READERS = Map.of(
            "OrderPlaced", reader(OrderPlaced.class),
            "OrderLineAdded", reader(OrderLineAdded.class),
            "OrderCancelled", reader(OrderCancelled.class));

    private static StrictReader<OrderEvent> reader(Class<? extends OrderEvent> type) {
        return new StrictReader<>(JSON, type, "billed");
    }

    /**
     * @return the event; empty if its type is none that billing bills
     * @throws UnprocessableEventException if it has no type, or its payload is not what its type promises
     */
    public Optional<OrderEvent> read(ReceivedEvent event) throws UnprocessableEventException {
        if (event.type().isEmpty()) {
            throw new UnprocessableEventException("The header 'type' is missing, and nothing else says what happened");
        }
        String type = event.type().get();
        StrictReader<OrderEvent> reader = READERS.get(type);
        if (reader == null) {
            return Optional.empty();
        }
        if (event.isTombstone()) {
            throw new UnprocessableEventException("The " + type + " has no payload");
        }
        OrderEvent orderEvent = reader.read(type, event.payload());
        if (!Long.toString(orderEvent.orderId()).equals(event.aggregateId())) {
            throw new UnprocessableEventException("The orderId of the " + type + " is not the key of its record");
        }
        return Optional.of(orderEvent);
    }
}
