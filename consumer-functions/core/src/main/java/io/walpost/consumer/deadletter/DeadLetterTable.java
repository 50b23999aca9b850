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

    private static final String SETTLE = """
            UPDATE walpost_dead_letter AS letter
            SET resolved_at = now(), resolution = ?, reason = ? WHERE letter.resolved_at IS NULL AND %s
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
     * @param reason what the person has to say about it
     * @return how many there were
     */
    public int resolve(LetterSelection selection, String reason) throws SQLException {
        return settle(selection, Resolution.RESOLVED, reason);
    }

    /**
     * Notes that letters are given up: their events have no effect. Those parked behind them stay, until they are replayed.
     * Waits for replays as {@link #resolve} does.
     *
     * @param reason what the person has to say about it
     * @return how many there were
     */
    public int discard(LetterSelection selection, String reason) throws SQLException {
        return settle(selection, Resolution.DISCARDED, reason);
    }

    private int settle(LetterSelection selection, Resolution resolution, String reason) throws SQLException {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Say why: the letter will not be looked at again");
        }
        LetterCondition condition = new LetterCondition(selection);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(SETTLE.formatted(condition.sql()))) {
            update.setString(1, resolution.label());
            update.setString(2, reason);
            condition.bind(update, 3);
            return update.executeUpdate();
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
