package io.walpost.outbox.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walpost.outbox.OutboxEvent;
import jakarta.inject.Singleton;

/** Turns an instance of a marked class into the event that is written, with the application's own JSON settings. */
@Singleton
class AggregateEventMapper {

    private final AggregateEventCatalog catalog;
    private final ObjectMapper json;

    AggregateEventMapper(AggregateEventCatalog catalog, ObjectMapper json) {
        this.catalog = catalog;
        this.json = json;
    }

    OutboxEvent toOutboxEvent(Object event) {
        AggregateEventType type = catalog.typeOf(event.getClass());
        return OutboxEvent.of(type.aggregateType(), type.aggregateIdOf(event), type.type(), toJson(event));
    }

    private String toJson(Object event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    event.getClass().getName()
                            + " cannot be written as JSON: see the cause for the property that fails",
                    e);
        }
    }
}
