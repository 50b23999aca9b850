package io.walpost.consumer;

import java.util.Optional;
import java.util.UUID;

/**
 * What can be told of any record, also of one that is no event: whatever is missing or malformed is empty.
 *
 * @param aggregateType by the header {@code aggregate-type}, or else by the topic's name
 */
public record RecordSummary(Optional<UUID> eventId, String aggregateType, Optional<String> eventType) {

    public static RecordSummary of(IncomingRecord record) {
        HeaderReader headers = new HeaderReader(record.coordinates(), record.headers());
        return new RecordSummary(
                EventReader.idIfAny(headers),
                EventReader.aggregateTypeIfAny(headers, record.coordinates().topic()),
                EventReader.typeIfAny(headers));
    }
}
