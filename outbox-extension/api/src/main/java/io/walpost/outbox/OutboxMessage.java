package io.walpost.outbox;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An event without a table: a transactional logical message of PostgreSQL ({@code pg_logical_emit_message}) whose prefix
 * marks it as an event and whose content is one JSON object in UTF-8.
 *
 * <p>The object's fields are named as the columns are in {@link OutboxColumns}. {@link OutboxColumns#TIMESTAMP} is a
 * string in RFC 3339. {@link OutboxColumns#PAYLOAD} is a string that holds the record's value, or null for a tombstone;
 * it is never missing. {@link OutboxColumns#TRACING_SPAN_CONTEXT} is missing where there is no trace. All others are
 * strings and never missing.
 *
 * <p>A reader relies neither on the order of the fields nor on the way in which characters are escaped, and passes over
 * fields that it does not know. The whole contract is {@code docs/adr/0009-tableless-events.md}.
 */
public final class OutboxMessage {

    /** The prefix when nothing else is configured. */
    public static final String DEFAULT_PREFIX = "outbox";

    /** The fields of the content, in the order in which a writer puts them. */
    public static final List<String> FIELDS = List.of(
            OutboxColumns.ID,
            OutboxColumns.AGGREGATE_TYPE,
            OutboxColumns.AGGREGATE_ID,
            OutboxColumns.TYPE,
            OutboxColumns.TIMESTAMP,
            OutboxColumns.TRACING_SPAN_CONTEXT,
            OutboxColumns.PAYLOAD);

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{1,63}");

    private OutboxMessage() {}

    /**
     * Checks that a prefix has the same bytes in every encoding of a database, and needs no escaping where readers are
     * configured: 1 to 63 characters out of {@code a-z A-Z 0-9 . _ -}.
     *
     * @return the same string
     * @throws IllegalArgumentException saying what it may hold
     */
    public static String requirePrefix(String prefix) {
        if (prefix == null || !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' cannot be the prefix of an event's message: it may hold 1"
                            + " to 63 letters a-z A-Z, digits, '.', '_' and '-'");
        }
        return prefix;
    }
}
