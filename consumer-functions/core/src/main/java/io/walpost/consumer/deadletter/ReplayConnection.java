package io.walpost.consumer.deadletter;

import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The letters as a replay sees them, one transaction for each. Owned by one thread. */
final class ReplayConnection {

    private final Connection connection;
    private final String consumer;
    private final LetterCondition selection;

    ReplayConnection(Connection connection, String consumer, LetterCondition selection) {
        this.connection = connection;
        this.consumer = consumer;
        this.selection = selection;
    }

    /**
     * Begins the transaction in which the letter is ours, if nobody else has it and it still is the next of its key. It may
     * be idle for as long as the handler waits for its sink: nobody waits for the letter meanwhile but who asked for it.
     */
    Optional<Letter> lock(long id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        }
        try (PreparedStatement select = connection.prepareStatement(ReplaySql.LOCK)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(LetterRow.letter(row)) : Optional.empty();
            }
        }
    }

    void markReplayed(long id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ReplaySql.REPLAYED)) {
            update.setLong(1, id);
            update.executeUpdate();
        }
        connection.commit();
    }

    void markFailed(long id, Outcome.DeadLetter verdict) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ReplaySql.FAILED)) {
            update.setLong(LetterSql.bindVerdict(update, 1, verdict), id);
            update.executeUpdate();
        }
        connection.commit();
    }

    void letGo() throws SQLException {
        connection.rollback();
    }

    boolean isOpen(long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ReplaySql.IS_OPEN)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        } finally {
            connection.rollback();
        }
    }

    /** The letter that is next of the key, if the replay is to go on with it. */
    Optional<Long> next(RecordKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ReplaySql.next(selection))) {
            LetterSql.bindKey(select, selection.bind(select, 1), consumer, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(2) ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        } finally {
            connection.rollback();
        }
    }
}
