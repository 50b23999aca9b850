package io.walpost.consumer;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One event of the outbox as a consumer sees it. What only Walpost's relay writes is optional, so that records of
 * Debezium's EventRouter can be consumed too.
 *
 * @param coordinates the record that carried the event
 * @param id identifies the event across retries and duplicates
 * @param aggregateType the kind of aggregate, by the header {@code aggregate-type}, or else by the topic's name
 * @param aggregateId the aggregate, which is the record's key
 * @param type what happened
 * @param time when it happened, by the application's clock
 * @param position the place in the database's log
 * @param committedAt when its transaction committed, by the database's clock
 * @param payload the record's value, not to be modified; null on a tombstone
 * @param traceContext the trace in which it was published
 */
public record ReceivedEvent(
        RecordCoordinates coordinates,
        UUID id,
        String aggregateType,
        String aggregateId,
        Optional<String> type,
        Optional<Instant> time,
        Optional<EventPosition> position,
        Optional<Instant> committedAt,
        byte[] payload,
        Optional<TraceContext> traceContext) {

    public ReceivedEvent {
        Objects.requireNonNull(coordinates, "coordinates");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(aggregateType, "aggregateType");
        Objects.requireNonNull(aggregateId, "aggregateId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(committedAt, "committedAt");
        Objects.requireNonNull(traceContext, "traceContext");
    }

    /** True if the event has no payload. */
    public boolean isTombstone() {
        return payload == null;
    }

    /** Leaves out the payload and the aggregate's id, so that an event can be logged. */
    @Override
    public String toString() {
        return "ReceivedEvent[" + id + " " + type.orElse("(no type)") + " at " + coordinates + "]";
    }
}
