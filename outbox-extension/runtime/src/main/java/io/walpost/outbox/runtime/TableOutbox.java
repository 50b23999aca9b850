package io.walpost.outbox.runtime;

import io.debezium.outbox.quarkus.ExportedEvent;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import java.util.UUID;

/** Writes events to the outbox table through Debezium's extension, which observes {@link ExportedEvent}s. */
@ApplicationScoped
class TableOutbox implements Outbox {

    private final CallerTransaction transaction;
    private final AggregateEventMapper mapper;
    private final EventLimits limits;
    private final Event<ExportedEvent<?, ?>> exportedEvents;
    private final EntityManager entityManager;

    TableOutbox(
            CallerTransaction transaction,
            AggregateEventMapper mapper,
            EventLimits limits,
            Event<ExportedEvent<?, ?>> exportedEvents,
            EntityManager entityManager) {
        this.transaction = transaction;
        this.mapper = mapper;
        this.limits = limits;
        this.exportedEvents = exportedEvents;
        this.entityManager = entityManager;
    }

    @Override
    public UUID publish(OutboxEvent event) {
        transaction.require(event);
        return transaction.writeOrRollBack(() -> write(event));
    }

    @Override
    public UUID publish(Object event) {
        if (event instanceof OutboxEvent row) {
            return publish(row);
        }
        transaction.require(event == null ? null : event.getClass().getSimpleName());
        return transaction.writeOrRollBack(() -> {
            Objects.requireNonNull(event, "event");
            return write(mapper.toOutboxEvent(event));
        });
    }

    private UUID write(OutboxEvent event) {
        Objects.requireNonNull(event, "event");
        limits.check(event);
        exportedEvents.fire(new OutboxRow(event));
        // Until it is flushed the row is only in the persistence context, where clear() or FlushMode.MANUAL would drop
        // it without a word while the data commits.
        entityManager.flush();
        return event.id();
    }
}
