package io.walpost.consumer.deadletter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The table of dead letters, for people and for metrics: what is in it, and what a person decides about it. Safe for use by
 * several threads.
 */
public final class DeadLetterTable {

    private static final String LIST = "SELECT " + LetterRow.SUMMARY
            + " FROM walpost_dead_letter letter WHERE letter.id > ? AND %s ORDER BY letter.id LIMIT ?";

    private static final String SHOW =
            "SELECT " + LetterRow.WHOLE + " FROM walpost_dead_letter letter WHERE letter.id = ?";

    /**
     * What is selected, and what else has an event that is, with which of the two it is. A letter that was waited for counts as
     * it then is.
     */
    private static final String SETTLE = """
            WITH chosen AS (
                SELECT letter.id, letter.consumer, letter.event_id FROM walpost_dead_letter letter
                WHERE letter.resolved_at IS NULL AND %1$s),
            found AS (
                SELECT id, true AS is_chosen FROM chosen
                UNION ALL
                SELECT id, false FROM walpost_dead_letter
                WHERE resolved_at IS NULL AND (consumer, event_id) IN (SELECT consumer, event_id FROM chosen)
                  AND id NOT IN (SELECT id FROM chosen))
            UPDATE walpost_dead_letter AS letter SET resolved_at = now(), resolution = ?, reason = ? FROM found
            WHERE letter.id = found.id AND letter.resolved_at IS NULL AND (NOT found.is_chosen OR %1$s)
            RETURNING found.is_chosen
            """;

    private static final String UNRESOLVED = """
            SELECT count(*), count(DISTINCT (topic, sha256(key))) FILTER (WHERE key IS NOT NULL),
                extract(epoch FROM clock_timestamp() - min(failed_at))
            FROM walpost_dead_letter WHERE consumer = ? AND resolved_at IS NULL
            """;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final DataSource dataSource;

    /** @param dataSource gives connections that commit each statement */
    public DeadLetterTable(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /**
     * Some of the letters, in the order in which they were put aside.
     *
     * @param after the id of the last one that the caller has; 0 to begin
     */
    public List<LetterSummary> list(LetterSelection selection, long after, int limit) throws SQLException {
        LetterCondition condition = new LetterCondition(selection);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(LIST.formatted(condition.sql()))) {
            select.setLong(1, after);
            select.setInt(condition.bind(select, 2), limit);
            return summaries(select);
        }
    }

    /** One letter, resolved or not, with its content. */
    public Optional<Letter> show(long id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(SHOW)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(LetterRow.letter(row)) : Optional.empty();
            }
        }
    }

    /**
     * Notes that a person has seen to the effects of letters by other means. A replay that is at one of them is waited for,
     * and wins if it succeeds.
     *
     * <p>The same event may have another letter, since the relay may publish it twice. That one is settled too: it would
     * have the effect once more. What is delivered later is not known here, and is handled like any other record.
     *
     * @param reason what the person has to say about it
     */
    public Settlement resolve(LetterSelection selection, String reason) throws SQLException {
        return settle(selection, Resolution.RESOLVED, reason);
    }

    /**
     * Notes that letters are given up: their events have no effect. Those parked behind them stay, until they are replayed.
     * Waits for replays, and settles other letters of the same events, as {@link #resolve} does.
     *
     * @param reason what the person has to say about it
     */
    public Settlement discard(LetterSelection selection, String reason) throws SQLException {
        return settle(selection, Resolution.DISCARDED, reason);
    }

    /**
     * How many letters were settled.
     *
     * @param selected what was asked for
     * @param repeated further ones of the same events and consumers
     */
    public record Settlement(int selected, int repeated) {}

    private Settlement settle(LetterSelection selection, Resolution resolution, String reason) throws SQLException {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Say why: the letter will not be looked at again");
        }
        LetterCondition condition = new LetterCondition(selection);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(SETTLE.formatted(condition.sql()))) {
            int next = condition.bind(update, 1);
            update.setString(next++, resolution.label());
            update.setString(next++, reason);
            condition.bind(update, next);
            int selected = 0;
            int repeated = 0;
            try (ResultSet settled = update.executeQuery()) {
                while (settled.next()) {
                    if (settled.getBoolean(1)) {
                        selected++;
                    } else {
                        repeated++;
                    }
                }
            }
            return new Settlement(selected, repeated);
        }
    }

    /**
     * What waits for a person.
     *
     * @param letters how many there are
     * @param keys how many keys they park
     * @param oldest how long the oldest has been there, by the database's clock; zero if there is none
     */
    public record Unresolved(long letters, long keys, Duration oldest) {}

    /**
     * The unresolved letters of a consumer, in numbers.
     *
     * @param timeout how long the database may take, to the second
     */
    public Unresolved unresolved(String consumer, Duration timeout) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(UNRESOLVED)) {
            select.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
            select.setString(1, consumer);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long nanos = Math.max(0, (long) (row.getDouble(3) * NANOS_PER_SECOND));
                return new Unresolved(row.getLong(1), row.getLong(2), Duration.ofNanos(nanos));
            }
        }
    }

    static List<LetterSummary> summaries(PreparedStatement select) throws SQLException {
        List<LetterSummary> letters = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                letters.add(LetterRow.summary(row));
            }
        }
        return letters;
    }
}
