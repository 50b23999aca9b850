package io.walpost.relay.capture;

import io.walpost.outbox.EventHeaders;
import java.util.Locale;
import java.util.Set;

/**
 * A column of an outbox table (or a field of a message's content) that becomes a header.
 *
 * @param column its name as the catalog has it
 * @param header the header's name; none of the wire contract's
 */
public record HeaderColumn(String column, String header) {

    /** What {@link EventHeaders} reserves for the relay, now and later. */
    private static final String RESERVED_PREFIX = "walpost-";

    private static final Set<String> TAKEN = Set.of(
            EventHeaders.ID,
            EventHeaders.TYPE,
            EventHeaders.CE_SPECVERSION,
            EventHeaders.CE_ID,
            EventHeaders.CE_SOURCE,
            EventHeaders.CE_TYPE,
            EventHeaders.CE_SUBJECT,
            EventHeaders.CE_TIME,
            EventHeaders.CONTENT_TYPE,
            EventHeaders.TRACEPARENT,
            EventHeaders.TRACESTATE);

    /** @throws IllegalArgumentException if a name is empty, or the header's is taken */
    public HeaderColumn {
        if (column.isBlank() || header.isBlank()) {
            throw new IllegalArgumentException(
                    "'" + column + ":" + header + "' names no column or no header; write column or column:header");
        }
        if (header.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the header of column '" + column + "' has a control character in it");
        }
        String lowerCase = header.toLowerCase(Locale.ROOT);
        if (TAKEN.contains(lowerCase) || lowerCase.startsWith(RESERVED_PREFIX)) {
            throw new IllegalArgumentException("the header '" + header + "' is one that the relay itself writes; "
                    + "give column '" + column + "' another, as in " + column + ":x-" + column);
        }
    }

    /**
     * Reads {@code column} or {@code column:header}.
     *
     * @throws IllegalArgumentException as the constructor does
     */
    public static HeaderColumn parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new HeaderColumn(text.trim(), text.trim())
                : new HeaderColumn(
                        text.substring(0, colon).trim(),
                        text.substring(colon + 1).trim());
    }
}
