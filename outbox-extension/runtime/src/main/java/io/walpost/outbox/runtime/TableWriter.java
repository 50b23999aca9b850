package io.walpost.outbox.runtime;

import io.debezium.outbox.quarkus.ExportedEvent;
import io.walpost.outbox.OutboxEvent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/** Writes rows of the outbox table through Debezium's extension, which observes {@link ExportedEvent}s. */
@Singleton
class TableWriter implements EventWriter {

    private final Event<ExportedEvent<?, ?>> exportedEvents;
    private final EntityManager entityManager;

    TableWriter(Event<ExportedEvent<?, ?>> exportedEvents, EntityManager entityManager) {
        this.exportedEvents = exportedEvents;
        this.entityManager = entityManager;
    }

    @Override
    public void write(OutboxEvent event) {
        exportedEvents.fire(new OutboxRow(event));
        // Until it is flushed the row is only in the persistence context, where clear() or FlushMode.MANUAL would drop
        // it without a word while the data commits.
        entityManager.flush();
    }
}
