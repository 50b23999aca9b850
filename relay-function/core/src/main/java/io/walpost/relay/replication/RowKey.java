package io.walpost.relay.replication;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/**
 * A row's place in the order in which a table is read.
 *
 * @param timestamp as the session writes it (ISO style, UTC), to the microsecond; null if the table has none
 * @param id the event's
 */
public record RowKey(String timestamp, UUID id) {

    /** The timestamp; empty if there is none, or it is none that a calendar has. */
    public Optional<Instant> time() {
        try {
            return Optional.ofNullable(timestamp)
                    .map(text -> Instant.parse(text.replace(' ', 'T').replace("+00", "Z")));
        } catch (DateTimeParseException infinite) {
            return Optional.empty();
        }
    }
}
