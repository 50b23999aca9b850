package io.walpost.outbox.runtime;

import io.walpost.outbox.AggregateEvent;
import java.util.Map;

/** The marked classes of the application, as they were found when it was built. */
public final class AggregateEventCatalog {

    private final Map<Class<?>, AggregateEventType> types;

    AggregateEventCatalog(Map<Class<?>, AggregateEventType> types) {
        this.types = Map.copyOf(types);
    }

    /** @throws IllegalArgumentException if the class is not among them, saying what it lacks */
    AggregateEventType typeOf(Class<?> eventClass) {
        AggregateEventType type = types.get(eventClass);
        if (type != null) {
            return type;
        }
        if (eventClass.isAnnotationPresent(AggregateEvent.class)) {
            throw new IllegalArgumentException(eventClass.getName()
                    + " is marked @AggregateEvent but was not found when the application was built: give its jar a"
                    + " Jandex index, or name the jar in quarkus.index-dependency");
        }
        throw new IllegalArgumentException(eventClass.getName()
                + " is not an event: mark the class itself, not only its superclass, with @AggregateEvent, or publish"
                + " an OutboxEvent");
    }
}
