package io.walpost.consumer.deadletter;

import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ParkedException;
import io.walpost.consumer.RecordKey;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Dead letters in the table {@code walpost_dead_letter} of PostgreSQL, which the migration {@code db/walpost-dead-letters}
 * creates.
 *
 * <p>A record has one letter, however often it is put: topic, partition, offset and consumer are unique. A letter that was
 * replayed is opened again if its record fails again; what a person has resolved or discarded stays so. A place in Kafka
 * that has another record than before, because its topic was made anew, takes that record over once the old letter is
 * resolved, and refuses it until then.
 */
public final class JdbcDeadLetters implements DeadLetters {

    static final Outcome.DeadLetter PARKED = new Outcome.DeadLetter(new ParkedException(), Failure.PARKED);

    private final DataSource dataSource;
    private final String consumer;
    private final Ordering ordering;
    private final int timeoutSeconds;

    /**
     * @param dataSource gives connections that commit each statement, as a pool does while no transaction is active on the
     *     calling thread
     * @param consumer whose letters these are, as in its inbox
     * @param timeout how long one attempt may take, to the second; a record that is parked waits that long for a replay
     *     that has the only letter of its key
     */
    public JdbcDeadLetters(DataSource dataSource, String consumer, Ordering ordering, Duration timeout) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.consumer = Objects.requireNonNull(consumer, "consumer");
        this.ordering = Objects.requireNonNull(ordering, "ordering");
        this.timeoutSeconds = Math.toIntExact(Math.max(1, timeout.toSeconds()));
    }

    @Override
    public void put(IncomingRecord record, Outcome.DeadLetter verdict) throws DeadLetterException {
        ask(connection -> {
            while (!insert(connection, LetterSql.PUT, record, verdict)) {
                Place place = place(connection, record);
                if (place.isTaken()) {
                    requireOwn(place, record);
                    break;
                }
                // Otherwise somebody has deleted it in between.
            }
            return null;
        });
    }

    @Override
    public Set<RecordKey> parkedAmong(Collection<RecordKey> keys) throws DeadLetterException {
        return ordering == Ordering.SKIP || keys.isEmpty() ? Set.of() : ask(connection -> parked(connection, keys));
    }

    @Override
    public boolean park(IncomingRecord record) throws DeadLetterException {
        return ordering == Ordering.PARK && record.key() != null && ask(connection -> park(connection, record));
    }

    private boolean park(Connection connection, IncomingRecord record) throws SQLException, DeadLetterException {
        while (true) {
            if (insert(connection, LetterSql.PARK, record, PARKED)) {
                return true;
            }
            Place place = place(connection, record);
            if (!place.keyIsParked()) {
                return false;
            }
            if (place.isTaken()) {
                requireOwn(place, record);
                return true;
            }
            // Otherwise the key has been freed, and parked again, in between.
        }
    }

    private boolean insert(Connection connection, String sql, IncomingRecord record, Outcome.DeadLetter verdict)
            throws SQLException {
        try (PreparedStatement insert = prepare(connection, sql)) {
            int next = LetterSql.bindLetter(insert, consumer, record, verdict);
            if (sql.equals(LetterSql.PARK)) {
                LetterSql.bindKey(insert, next, consumer, RecordKey.of(record).orElseThrow());
            }
            return insert.executeUpdate() > 0;
        }
    }

    private Place place(Connection connection, IncomingRecord record) throws SQLException {
        try (PreparedStatement select = prepare(connection, LetterSql.PLACE)) {
            LetterSql.bindPlace(select, consumer, record);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Place(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
            }
        }
    }

    private static void requireOwn(Place place, IncomingRecord record) throws DeadLetterException {
        if (!place.isOwn()) {
            throw new DeadLetterException(
                    "The table has an unresolved letter of another record at " + record.coordinates(),
                    "the topic was made anew; resolve or discard the letter that it had there before",
                    null);
        }
    }

    private Set<RecordKey> parked(Connection connection, Collection<RecordKey> keys) throws SQLException {
        List<RecordKey> asked = List.copyOf(keys);
        try (PreparedStatement select = prepare(connection, LetterSql.PARKED_AMONG)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", asked.stream().map(RecordKey::topic).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "bytea", asked.stream().map(RecordKey::bytes).toArray(byte[][]::new)));
            select.setString(3, consumer);
            Set<RecordKey> parked = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    parked.add(new RecordKey(
                            row.getString(1), ByteBuffer.wrap(row.getBytes(2)).asReadOnlyBuffer()));
                }
            }
            return parked;
        }
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(timeoutSeconds);
        return statement;
    }

    private <T> T ask(Question<T> question) throws DeadLetterException {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.getAutoCommit()) {
                throw new IllegalStateException("A letter must not depend on the transaction of the calling thread");
            }
            return question.ask(connection);
        } catch (SQLException e) {
            Failure failure = Failure.of(e);
            throw new DeadLetterException(failure.label() + ": " + failure.describe(e), failure.hint(), e);
        }
    }

    /**
     * What is known of the place of a record.
     *
     * @param keyIsParked whether its key has an unresolved letter
     * @param isTaken whether the place has a letter
     * @param isOwn whether that is the letter of this record
     */
    private record Place(boolean keyIsParked, boolean isTaken, boolean isOwn) {}

    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException, DeadLetterException;
    }
}
