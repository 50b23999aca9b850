package io.walpost.outbox.runtime;

import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;

/** What is the same in every mode: the checks, and that an event which is refused takes its transaction with it. */
@ApplicationScoped
class CheckedOutbox implements Outbox {

    private final CallerTransaction transaction;
    private final AggregateEventMapper mapper;
    private final EventLimits limits;
    private final EventWriter writer;

    CheckedOutbox(CallerTransaction transaction, AggregateEventMapper mapper, EventLimits limits, EventWriter writer) {
        this.transaction = transaction;
        this.mapper = mapper;
        this.limits = limits;
        this.writer = writer;
    }

    @Override
    public UUID publish(OutboxEvent event) {
        transaction.require(event);
        return transaction.writeOrRollBack(() -> write(event));
    }

    @Override
    public UUID publish(Object event) {
        if (event instanceof OutboxEvent outboxEvent) {
            return publish(outboxEvent);
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
        writer.write(event);
        return event.id();
    }
}
