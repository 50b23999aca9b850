package io.walpost.relay.capture;

import io.walpost.outbox.OutboxMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of the log is an event. At least one of tables and messages.
 *
 * @param tables the outbox tables as {@code schema.table}; rows of any other table are passed over
 * @param messagePrefix the prefix of the logical messages that are events; empty if none are
 * @param headers what becomes a header of its own; in this order
 */
public record CaptureSettings(Set<String> tables, Optional<String> messagePrefix, List<HeaderColumn> headers) {

    /** @throws IllegalArgumentException naming the setting that is wrong, and what it should be */
    public CaptureSettings {
        if (tables.isEmpty() && messagePrefix.isEmpty()) {
            throw new IllegalArgumentException("walpost.relay.tables must name at least one table as schema.table, or "
                    + "walpost.relay.capture be message");
        }
        messagePrefix.ifPresent(CaptureSettings::requirePrefix);
        Set<String> names = new HashSet<>();
        for (HeaderColumn header : headers) {
            if (!names.add(header.header())) {
                throw new IllegalArgumentException("walpost.relay.headers.columns makes the header '" + header.header()
                        + "' of two columns; give one of them another name, as in " + header.column() + ":x-"
                        + header.column());
            }
        }
        tables = Set.copyOf(tables);
        headers = List.copyOf(headers);
    }

    /** Rows of these tables and nothing else. */
    public static CaptureSettings ofTables(String... tables) {
        return new CaptureSettings(Set.of(tables), Optional.empty(), List.of());
    }

    /** What is captured, for people. */
    public String description() {
        String rows = tables.isEmpty() ? "" : "rows of " + String.join(", ", tables);
        return rows
                + messagePrefix
                        .map(prefix -> (tables.isEmpty() ? "" : " and ") + "messages of prefix " + prefix)
                        .orElse("");
    }

    private static void requirePrefix(String prefix) {
        try {
            OutboxMessage.requirePrefix(prefix);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("walpost.relay.messages.prefix: " + e.getMessage(), e);
        }
    }
}
