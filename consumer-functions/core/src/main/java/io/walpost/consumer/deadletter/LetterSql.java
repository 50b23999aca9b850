package io.walpost.consumer.deadletter;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordHeader;
import io.walpost.consumer.RecordKey;
import io.walpost.consumer.RecordSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** The statements that put letters, and their parameters. */
final class LetterSql {

    /** Messages of exceptions know no bounds. */
    private static final int LONGEST_TEXT = 2000;

    private static final int LONGEST_AGGREGATE_TYPE = 255;

    /** The letter of the same record. The headers may differ, as bindings pass them on. */
    private static final String SAME_RECORD = """
            letter.event_id IS NOT DISTINCT FROM %1$s.event_id AND (letter.event_id IS NOT NULL OR
              (letter.key, letter.value) IS NOT DISTINCT FROM (%1$s.key, %1$s.value))""";

    private static final String COLUMNS =
            "consumer, topic, partition, \"offset\", event_id, aggregate_type, event_type, failure, hint, error_class,"
                    + " error_message, key, value, headers";

    private static final String HEADERS = """
            (SELECT coalesce(
                 jsonb_agg(jsonb_build_object('name', name, 'value', translate(encode(value, 'base64'), E'\\n', ''))
                     ORDER BY number),
                 '[]')
             FROM unnest(?::text[], ?::bytea[]) WITH ORDINALITY AS header (name, value, number))""";

    private static final String INSERT = "INSERT INTO walpost_dead_letter AS letter (" + COLUMNS + ")\nSELECT"
            + " ?, ?, ?::int, ?::bigint, ?::uuid, ?, ?, ?, ?, ?, ?, ?::bytea, ?::bytea, " + HEADERS + "\n";

    private static final String ON_CONFLICT = """

            ON CONFLICT ON CONSTRAINT walpost_dead_letter_place DO UPDATE SET
              (event_id, aggregate_type, event_type, failure, hint, error_class, error_message, key, value, headers,
                  failed_at, retry_count, last_retry_at, resolved_at, resolution, reason) =
              (EXCLUDED.event_id, EXCLUDED.aggregate_type, EXCLUDED.event_type, EXCLUDED.failure, EXCLUDED.hint,
                  EXCLUDED.error_class, EXCLUDED.error_message, EXCLUDED.key, EXCLUDED.value, EXCLUDED.headers,
                  EXCLUDED.failed_at, 0, NULL, NULL, NULL, NULL)
            WHERE letter.resolution = 'replayed' OR letter.resolved_at IS NOT NULL AND NOT (
            """ + SAME_RECORD.formatted("EXCLUDED") + ")";

    static final String KEY_IS =
            "letter.consumer = ? AND letter.topic = ? AND sha256(letter.key) = sha256(?) AND letter.key = ?";

    static final String PUT = INSERT + ON_CONFLICT;

    /**
     * The newest, since a replay has locked the oldest: the record has to wait for it only if that is the last one. If
     * the lock comes with a row that is resolved by then, PostgreSQL looks at the row again, and goes on to the next.
     */
    static final String PARK = INSERT + "FROM (SELECT FROM walpost_dead_letter letter WHERE " + KEY_IS
            + " AND letter.resolved_at IS NULL ORDER BY letter.partition DESC, letter.\"offset\" DESC LIMIT 1 FOR UPDATE)"
            + " AS held" + ON_CONFLICT;

    static final String PLACE = """
            SELECT asked.is_parked, letter.id IS NOT NULL, coalesce(
            """ + SAME_RECORD.formatted("asked") + """
            , false) FROM (SELECT ?::uuid AS event_id, ?::bytea AS key, ?::bytea AS value,
                EXISTS (SELECT FROM walpost_dead_letter letter WHERE
            """ + KEY_IS + """
             AND letter.resolved_at IS NULL) AS is_parked) AS asked
            LEFT JOIN walpost_dead_letter letter
              ON letter.topic = ? AND letter.partition = ? AND letter."offset" = ? AND letter.consumer = ?
            """;

    static final String PARKED_AMONG = """
            SELECT asked.topic, asked.key FROM unnest(?::text[], ?::bytea[]) AS asked (topic, key)
            WHERE EXISTS (SELECT FROM walpost_dead_letter letter
                WHERE letter.consumer = ? AND letter.topic = asked.topic AND sha256(letter.key) = sha256(asked.key)
                  AND letter.key = asked.key AND letter.resolved_at IS NULL)
            """;

    private LetterSql() {}

    /** Returns the index of the next parameter. */
    static int bindLetter(
            PreparedStatement statement, String consumer, IncomingRecord record, Outcome.DeadLetter verdict)
            throws SQLException {
        RecordSummary summary = RecordSummary.of(record);
        int index = 1;
        statement.setString(index++, consumer);
        statement.setString(index++, record.coordinates().topic());
        statement.setInt(index++, record.coordinates().partition());
        statement.setLong(index++, record.coordinates().offset());
        statement.setObject(index++, summary.eventId().orElse(null), Types.OTHER);
        statement.setString(index++, text(summary.aggregateType(), LONGEST_AGGREGATE_TYPE));
        statement.setString(index++, text(summary.eventType().orElse(null), LONGEST_TEXT));
        index = bindVerdict(statement, index, verdict);
        statement.setBytes(index++, record.key());
        statement.setBytes(index++, record.value());
        Connection connection = statement.getConnection();
        statement.setArray(
                index++,
                connection.createArrayOf(
                        "text",
                        record.headers().stream()
                                .map(RecordHeader::name)
                                .map(HeaderName::escape)
                                .toArray()));
        statement.setArray(
                index++,
                connection.createArrayOf(
                        "bytea",
                        record.headers().stream().map(RecordHeader::value).toArray(byte[][]::new)));
        return index;
    }

    /** The columns from failure to error_message. */
    static int bindVerdict(PreparedStatement statement, int from, Outcome.DeadLetter verdict) throws SQLException {
        int index = from;
        statement.setString(index++, verdict.failure().label());
        statement.setString(index++, verdict.failure().hint());
        statement.setString(index++, verdict.cause().getClass().getName());
        statement.setString(index++, text(verdict.cause().getMessage(), LONGEST_TEXT));
        return index;
    }

    /** The parameters of {@link #KEY_IS}. */
    static int bindKey(PreparedStatement statement, int from, String consumer, RecordKey key) throws SQLException {
        int index = from;
        statement.setString(index++, consumer);
        statement.setString(index++, key.topic());
        statement.setBytes(index++, key.bytes());
        statement.setBytes(index++, key.bytes());
        return index;
    }

    static void bindPlace(PreparedStatement statement, String consumer, IncomingRecord record) throws SQLException {
        int index = 1;
        statement.setObject(index++, RecordSummary.of(record).eventId().orElse(null), Types.OTHER);
        statement.setBytes(index++, record.key());
        statement.setBytes(index++, record.value());
        statement.setString(index++, consumer);
        statement.setString(index++, record.coordinates().topic());
        statement.setBytes(index++, record.key());
        statement.setBytes(index++, record.key());
        statement.setString(index++, record.coordinates().topic());
        statement.setInt(index++, record.coordinates().partition());
        statement.setLong(index++, record.coordinates().offset());
        statement.setString(index, consumer);
    }

    /** PostgreSQL's text knows no NUL. */
    private static String text(String text, int longest) {
        if (text == null) {
            return null;
        }
        String clean = text.replace("\0", "");
        return clean.length() > longest ? clean.substring(0, longest - 1) + "…" : clean;
    }
}
