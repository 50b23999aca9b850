package io.walpost.consumer;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * An inbox in the table {@code walpost_inbox} of PostgreSQL, which the migration {@code db/walpost-inbox} creates.
 *
 * <p>The claim is an INSERT, and the primary key decides: a reader that looked first would let two deliveries of one
 * event pass. The table is partitioned by the day of the event, which is the same on every delivery, and part of the key:
 * that of its own time. Not that of its commit, which an event does not have when it is published from the table again.
 */
public final class JdbcInbox implements Inbox {

    private static final int MAX_CONSUMER_LENGTH = 255;

    // In the order of the ids, so that two batches with the same events wait for each other, and not crosswise.
    private static final String CLAIM = """
            INSERT INTO walpost_inbox (consumer, event_id, event_day)
            SELECT ?, event.id, event.day FROM unnest(?::uuid[], ?::date[]) AS event (id, day)
            ON CONFLICT DO NOTHING
            RETURNING event_id
            """;

    private static final String RELEASE =
            "DELETE FROM walpost_inbox WHERE consumer = ? AND event_id = ? AND event_day = ?";

    // By the whole primary key: whatever the server believes of the table's size, it looks at one row.
    private static final String CONFIRM =
            "SELECT FROM walpost_inbox WHERE consumer = ? AND event_id = ? AND event_day = ?";

    private static final String TRANSACTION_ROLLBACK = "40000";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String CHECK_VIOLATION = "23514";

    /** Of events that have no time of their own. They have a partition of their own. */
    private static final LocalDate NO_DAY = LocalDate.EPOCH;

    private static final Instant FIRST_TIME = Instant.EPOCH.plus(1, ChronoUnit.DAYS);

    /** What follows is no date that PostgreSQL reads as Java writes it. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private final DataSource dataSource;
    private final String consumer;

    /**
     * @param dataSource gives connections that take part in the transaction of the calling thread
     * @param consumer the name under which the claims are kept; a consumer with another name applies the events anew
     */
    public JdbcInbox(DataSource dataSource, String consumer) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        if (consumer.isBlank() || consumer.length() > MAX_CONSUMER_LENGTH) {
            throw new IllegalArgumentException(
                    "The name of a consumer needs 1 to " + MAX_CONSUMER_LENGTH + " characters: '" + consumer + "'");
        }
        this.consumer = consumer;
    }

    @Override
    public Set<UUID> claim(Collection<ReceivedEvent> events) throws SQLException {
        List<ReceivedEvent> ordered =
                events.stream().sorted(Comparator.comparing(ReceivedEvent::id)).toList();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            insert.setString(1, consumer);
            insert.setArray(2, ids(connection, ordered));
            insert.setArray(3, days(connection, ordered));
            Set<UUID> claimed = new HashSet<>();
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    claimed.add(row.getObject(1, UUID.class));
                }
            }
            return claimed;
        } catch (SQLException e) {
            throw CHECK_VIOLATION.equals(e.getSQLState()) ? whileItsPartitionIsMade(e) : e;
        }
    }

    /**
     * A claim on its way into the default partition that finds there that its day has got a partition, or is about to. No
     * event can violate anything else of this table, and none is to become a dead letter for it.
     */
    private static SQLException whileItsPartitionIsMade(SQLException e) {
        return new SQLException("The day of an event is getting its partition in the inbox", SERIALIZATION_FAILURE, e);
    }

    @Override
    public void release(ReceivedEvent event) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(RELEASE)) {
            bindClaim(delete, event);
            delete.executeUpdate();
        }
    }

    /**
     * Costs a round trip, and is worth it: after a statement that failed, PostgreSQL answers COMMIT with ROLLBACK, and its
     * driver reports that as success. A handler that swallowed the exception would lose the event. This statement fails
     * then.
     *
     * <p>One of the claims stands for all: one statement made them, so they are rolled back together or not at all.
     */
    @Override
    public void confirm(Collection<ReceivedEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        ReceivedEvent any = events.iterator().next();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(CONFIRM)) {
            bindClaim(select, any);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "The claims were rolled back before their transaction ended", TRANSACTION_ROLLBACK);
                }
            }
        }
    }

    private void bindClaim(PreparedStatement statement, ReceivedEvent event) throws SQLException {
        statement.setString(1, consumer);
        statement.setObject(2, event.id());
        statement.setObject(3, day(event));
    }

    private static Array ids(Connection connection, Collection<ReceivedEvent> events) throws SQLException {
        return connection.createArrayOf(
                "uuid", events.stream().map(ReceivedEvent::id).toArray());
    }

    private static Array days(Connection connection, Collection<ReceivedEvent> events) throws SQLException {
        return connection.createArrayOf(
                "date", events.stream().map(event -> day(event).toString()).toArray());
    }

    /** Where the row has no time, the relay puts that of the commit in its place; from the table, nothing is put there. */
    private static LocalDate day(ReceivedEvent event) {
        return event.time()
                .filter(time -> !event.committedAt().equals(Optional.of(time)))
                .filter(time -> !time.isBefore(FIRST_TIME) && time.isBefore(END_OF_TIME))
                .map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC))
                .orElse(NO_DAY);
    }
}
