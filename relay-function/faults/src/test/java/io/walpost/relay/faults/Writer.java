package io.walpost.relay.faults;

import io.walpost.relay.faults.PlannedTransaction.Step;
import io.walpost.relay.testing.OutboxDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Works through its transactions, one after the other, on aggregates of its own. When the server dies it learns from a
 * row of its own whether the last one was committed, and otherwise does it again. Owned by one thread.
 */
final class Writer {

    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(50);

    private final OutboxDatabase database;
    private final Mix mix;
    private final long seed;
    private final int number;
    private final int aggregates;
    private final Rate rate;

    /** How many events of each aggregate are committed; read by others once the writer has ended. */
    private final Map<String, Integer> committed = new HashMap<>();

    /** The same after the transaction at hand, if that is committed. */
    private final Map<String, Integer> pending = new HashMap<>();

    private long next = 1;

    Writer(OutboxDatabase database, Mix mix, long seed, int number, int aggregates, Rate rate) {
        this.database = database;
        this.mix = mix;
        this.seed = seed;
        this.number = number;
        this.aggregates = aggregates;
        this.rate = rate;
    }

    /** The tables that writers need besides the outbox. */
    static void prepare(OutboxDatabase database, int writers) {
        database.execute(
                "CREATE TABLE progress (writer int PRIMARY KEY, done bigint NOT NULL)",
                "INSERT INTO progress SELECT i, 0 FROM generate_series(0, " + (writers - 1) + ") i");
    }

    Map<String, Integer> committed() {
        return committed;
    }

    void run(BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            try (Connection connection = database.connect()) {
                resolve(connection);
                connection.setAutoCommit(false);
                while (!ended.getAsBoolean()) {
                    rate.await(write(connection));
                }
            } catch (SQLException serverWasKilled) {
                LockSupport.parkNanos(RETRY);
            }
        }
    }

    /** Finds out what has become of the transaction during which the server died. */
    void resolve(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT done FROM progress WHERE writer = " + number)) {
            row.next();
            if (row.getLong(1) == next) {
                committed.putAll(pending);
                next++;
            }
        }
    }

    private int write(Connection connection) throws SQLException {
        PlannedTransaction plan = mix.transaction(seed, number, next, aggregates);
        pending.clear();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO outboxevent VALUES (?, ?, ?, 'Happened', now(), ?)")) {
            for (Step step : plan.steps()) {
                add(step, connection, insert);
            }
        }
        if (!plan.commits()) {
            connection.rollback();
            next++;
            return plan.steps().size();
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE progress SET done = " + next + " WHERE writer = " + number);
        }
        connection.commit();
        committed.putAll(pending);
        next++;
        return plan.steps().size();
    }

    private void add(Step step, Connection connection, PreparedStatement insert) throws SQLException {
        if (step.undone()) {
            undo(step, connection, insert);
            return;
        }
        String aggregate = number + "-" + step.aggregate();
        int event = pending.getOrDefault(aggregate, committed.getOrDefault(aggregate, 0)) + 1;
        pending.put(aggregate, event);
        insert(insert, step, Payload.of(aggregate, event, step.filling()));
    }

    private void undo(Step step, Connection connection, PreparedStatement insert) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        insert(insert, step, Payload.ROLLED_BACK);
        connection.rollback(savepoint);
    }

    /** Not in batches: with a server that dies in the middle of one, pgjdbc ends in an AssertionError. */
    private void insert(PreparedStatement insert, Step step, String payload) throws SQLException {
        insert.setObject(1, UUID.randomUUID());
        insert.setString(2, Writers.type(step.aggregate()));
        insert.setString(3, number + "-" + step.aggregate());
        insert.setString(4, payload);
        insert.executeUpdate();
    }
}
