package io.walpost.consumer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The transactions of {@link InboxDdl}, which wait for nobody for longer than {@link InboxLimits} say. Owned by one thread. */
final class InboxSession {

    /** Beyond the server's own timeout, so that the connection outlives it. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Connection connection;
    private final InboxLimits limits;

    /** @param connection in no transaction; not closed here */
    InboxSession(Connection connection, InboxLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    /** Committed when it returns, and rolled back when it throws. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            waitForLocks(limits.lock());
            T result = work.run();
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    /** What it failed with is said, and not that a broken connection cannot roll back. */
    private void rollBack(SQLException cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** With a connection that waits for as long as the server may take for {@link InboxLimits#scan}. */
    <T> T patiently(Work<T> work) throws SQLException {
        int timeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(
                Runnable::run, (int) limits.scan().plus(GRACE).toMillis());
        try {
            return work.run();
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
        }
    }

    /**
     * Sends an autovacuum away that is at the table, and keeps others away until the end of the transaction. The server
     * cancels one for whoever waits for it longer than {@code deadlock_timeout}, which is longer than a claim is to wait;
     * for this lock none does (PostgreSQL, "Explicit Locking"). One against wraparound stays, and the lock is not available.
     */
    void takeFromVacuum(String table) throws SQLException {
        waitForLocks(limits.vacuum());
        execute("LOCK TABLE " + table + " IN SHARE UPDATE EXCLUSIVE MODE");
        waitForLocks(limits.lock());
    }

    private void waitForLocks(Duration time) throws SQLException {
        execute("SET LOCAL lock_timeout = " + time.toMillis());
    }

    /** How long each statement may take, until the end of the transaction. */
    void allow(Duration time) throws SQLException {
        execute("SET LOCAL statement_timeout = " + time.toMillis());
    }

    boolean isClosed() throws SQLException {
        return connection.isClosed();
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    boolean isTrue(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The first column of each row. */
    List<String> names(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }
}
