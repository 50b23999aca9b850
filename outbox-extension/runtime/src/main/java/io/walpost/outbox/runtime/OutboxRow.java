package io.walpost.outbox.runtime;

import io.debezium.outbox.quarkus.ExportedEvent;
import io.walpost.outbox.OutboxEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * An event in the form in which Debezium's extension takes it. Its type arguments also tell that extension, at build
 * time, that aggregate id and payload are strings, which it writes as they are.
 */
record OutboxRow(OutboxEvent event) implements ExportedEvent<String, String> {

    @Override
    public String getAggregateId() {
        return event.aggregateId();
    }

    @Override
    public String getAggregateType() {
        return event.aggregateType();
    }

    @Override
    public String getType() {
        return event.type();
    }

    /** Cut to PostgreSQL's microseconds; the driver would round, and could put an event into the future. */
    @Override
    public Instant getTimestamp() {
        return event.timestamp().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public String getPayload() {
        return event.payload();
    }

    /** The id is no part of {@link ExportedEvent}; {@link OutboxIdContributor} has it written as it is. */
    @Override
    public Map<String, Object> getAdditionalFieldValues() {
        return Map.of(OutboxIdContributor.ID_PROPERTY, event.id());
    }
}
