package io.walpost.consumer.deadletter;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.Patience;
import io.walpost.consumer.RetryPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Has letters of one consumer handled again, by the handler that refused them, in the order of their keys.
 *
 * <p>A run takes the oldest unresolved letter of each key, if it is selected, and when that succeeds goes on with the next
 * one of the key, if it is selected too, or was only parked. A letter that fails again is counted, and keeps its key parked.
 *
 * <p>A letter is locked while it is handled. Runs at the same time leave each other's keys alone, and a consumer that wants
 * to park a record behind the last letter of a key waits for how it ends. A run can be stopped, or killed, at any instant:
 * what was applied and is not marked yet is a duplicate the next time, so the handler must be idempotent.
 */
public final class Replay {

    private final DataSource dataSource;
    private final String consumer;
    private final BatchHandler handler;
    private final RetryPolicy policy;
    private final Clock clock;

    /**
     * @param dataSource gives connections outside of the handler's transactions, as a pool does while none is active on the
     *     calling thread. A run holds one of them, in a transaction that is idle while the handler works.
     * @param consumer whose letters
     * @param handler the consumer's own
     * @param policy how often one run tries a letter, and how long it waits
     */
    public Replay(DataSource dataSource, String consumer, BatchHandler handler, RetryPolicy policy, Clock clock) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.consumer = Objects.requireNonNull(consumer, "consumer");
        this.handler = Objects.requireNonNull(handler, "handler");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** What a run would hand over now if all of it succeeded, in its order. Changes nothing. */
    public List<LetterSummary> plan(LetterSelection selection, int limit) throws SQLException {
        LetterCondition condition = new LetterCondition(selection);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(ReplaySql.plan(condition))) {
            int next = condition.bind(select, 1);
            select.setString(next, consumer);
            select.setInt(next + 1, limit);
            return DeadLetterTable.summaries(select);
        }
    }

    /**
     * What is selected, and out of a run's reach, because earlier letters of the same keys are not selected.
     *
     * @param letters how many there are; at least one
     * @param first the first of them
     * @param behind the letter that has to be replayed before that one
     */
    public record Waiting(long letters, long first, long behind) {}

    /** What of the selected a run would not come to now, even if all of it succeeded. Changes nothing. */
    public Optional<Waiting> waiting(LetterSelection selection) throws SQLException {
        LetterCondition condition = new LetterCondition(selection);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(ReplaySql.waiting(condition))) {
            select.setString(condition.bind(select, 1), consumer);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Waiting(row.getLong(1), row.getLong(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /**
     * Replays what is selected, on the calling thread.
     *
     * @param limit how many letters to hand over at most
     * @param perSecond how many letters a second at most; infinite for no limit
     * @param patience how long to go on, and to wait for what passes
     * @throws SQLException if the table does not answer; another run goes on from there
     */
    public ReplayReport run(
            LetterSelection selection, long limit, double perSecond, Patience patience, ReplayProgress progress)
            throws SQLException {
        LetterCondition condition = new LetterCondition(selection);
        Pace pace = new Pace(perSecond);
        try (Connection connection = dataSource.getConnection()) {
            List<Long> heads = heads(connection, condition);
            connection.setAutoCommit(false);
            try {
                ReplayReport report = new ReplayRun(
                                new ReplayConnection(connection, consumer, condition),
                                new ReplayHandler(handler, policy, clock, patience, progress),
                                pace,
                                limit,
                                patience,
                                progress)
                        .run(heads);
                connection.setAutoCommit(true);
                return report;
            } catch (Throwable failure) {
                rollBackAfter(failure, connection);
                throw failure;
            }
        }
    }

    private List<Long> heads(Connection connection, LetterCondition condition) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ReplaySql.heads(condition))) {
            select.setString(condition.bind(select, 1), consumer);
            List<Long> ids = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return ids;
        }
    }

    private static void rollBackAfter(Throwable failure, Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
