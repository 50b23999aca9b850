package io.walpost.consumer.deadletter;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import io.walpost.consumer.RecordSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Letters out of rows. */
final class LetterRow {

    static final String SUMMARY = """
            letter.id, letter.consumer, letter.topic, letter.partition, letter."offset", letter.key, letter.event_id,
            letter.aggregate_type, letter.event_type, letter.failure, letter.hint, letter.error_class, letter.failed_at,
            letter.retry_count, letter.last_retry_at, letter.resolved_at, letter.resolution, letter.reason""";

    static final String WHOLE = SUMMARY + """
            , letter.error_message, letter.value,
            ARRAY(SELECT header ->> 'name' FROM jsonb_array_elements(letter.headers) WITH ORDINALITY AS h (header, number)
                ORDER BY number) AS header_names,
            ARRAY(SELECT decode(header ->> 'value', 'base64')
                FROM jsonb_array_elements(letter.headers) WITH ORDINALITY AS h (header, number)
                ORDER BY number) AS header_values""";

    private LetterRow() {}

    static LetterSummary summary(ResultSet row) throws SQLException {
        return new LetterSummary(
                row.getLong("id"),
                row.getString("consumer"),
                new RecordCoordinates(row.getString("topic"), row.getInt("partition"), row.getLong("offset")),
                row.getBytes("key"),
                new RecordSummary(
                        Optional.ofNullable(row.getObject("event_id", UUID.class)),
                        row.getString("aggregate_type"),
                        Optional.ofNullable(row.getString("event_type"))),
                row.getString("failure"),
                row.getString("hint"),
                row.getString("error_class"),
                instant(row, "failed_at").orElseThrow(),
                row.getInt("retry_count"),
                instant(row, "last_retry_at"),
                end(row));
    }

    static Letter letter(ResultSet row) throws SQLException {
        LetterSummary summary = summary(row);
        return new Letter(
                summary,
                new IncomingRecord(summary.place(), summary.key(), headers(row), row.getBytes("value")),
                Optional.ofNullable(row.getString("error_message")));
    }

    private static List<RecordHeader> headers(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("header_names").getArray();
        byte[][] values = (byte[][]) row.getArray("header_values").getArray();
        List<RecordHeader> headers = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            headers.add(new RecordHeader(HeaderName.unescape(names[i]), values[i]));
        }
        return headers;
    }

    private static Optional<LetterSummary.End> end(ResultSet row) throws SQLException {
        Optional<Instant> at = instant(row, "resolved_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new LetterSummary.End(
                        at.get(),
                        Resolution.of(row.getString("resolution")),
                        Optional.ofNullable(row.getString("reason"))));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
