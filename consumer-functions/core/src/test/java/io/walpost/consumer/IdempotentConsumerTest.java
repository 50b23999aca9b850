package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdempotentConsumerTest {

    private static final String CONSUMER = "test";

    private static TransactionalDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new TransactionalDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("TRUNCATE walpost_inbox, effect");
    }

    @AfterEach
    void leavesNoTransactionBehind() throws Exception {
        assertThat(database.transaction.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    @Test
    void appliesAnEventOnce() throws Exception {
        ReceivedEvent event = Events.random();

        assertThat(handle(this::apply, event)).isEqualTo(new Outcome.Applied());
        assertThat(handle(this::apply, event)).isEqualTo(new Outcome.Duplicate());

        assertThat(database.count("effect")).isEqualTo(1);
    }

    @Test
    void appliesAnEventOncePerConsumer() throws Exception {
        ReceivedEvent event = Events.random();
        IdempotentConsumer other =
                new IdempotentConsumer(database.transaction, new JdbcInbox(database.dataSource, "other"), this::apply);

        assertThat(handle(this::apply, event)).isEqualTo(new Outcome.Applied());
        assertThat(other.handle(List.of(event))).containsExactly(new Outcome.Applied());

        assertThat(database.count("effect")).isEqualTo(2);
    }

    @Test
    void leavesNothingAfterAnyOtherOutcome() throws Exception {
        Exception cause = new Exception();
        assertLeavesNothing(new Outcome.Retry(cause, Failure.UNKNOWN));
        assertLeavesNothing(new Outcome.DeadLetter(cause, Failure.UNKNOWN));
        assertLeavesNothing(new Outcome.Ignored());
        assertLeavesNothing(new Outcome.Duplicate());
    }

    private void assertLeavesNothing(Outcome outcome) throws Exception {
        ReceivedEvent event = Events.random();
        Outcome actual = handle(
                e -> {
                    apply(e);
                    return outcome;
                },
                event);

        assertThat(actual).isEqualTo(outcome);
        assertThat(database.count("walpost_inbox")).isZero();
        assertThat(database.count("effect")).isZero();
    }

    @Test
    void leavesNothingAfterAnExceptionAndAppliesTheNextDelivery() throws Exception {
        ReceivedEvent event = Events.random();
        Outcome failed = handle(
                e -> {
                    apply(e);
                    throw new IllegalStateException();
                },
                event);

        assertThat(failed).isInstanceOf(Outcome.Retry.class);
        assertThat(database.count("walpost_inbox")).isZero();
        assertThat(handle(this::apply, event)).isEqualTo(new Outcome.Applied());
        assertThat(database.count("effect")).isEqualTo(1);
    }

    @Test
    void takesAFailingCommitForAFailure() throws Exception {
        database.execute("INSERT INTO effect VALUES (gen_random_uuid(), 1)");

        // The constraint is deferred: the statement succeeds, and the COMMIT reports the violation.
        Outcome outcome = handle(event -> insert(event, 1), Events.random());

        assertThat(outcome).isInstanceOfSatisfying(Outcome.DeadLetter.class, dead -> assertThat(dead.failure())
                .isEqualTo(Failure.CONSTRAINT_VIOLATION));
        assertThat(database.count("walpost_inbox")).isZero();
    }

    @Test
    void takesAConnectionThatBreaksBeforeTheCommitForATransientFailure() throws Exception {
        Outcome outcome = handle(
                event -> {
                    apply(event);
                    terminateBackends();
                    return new Outcome.Applied();
                },
                Events.random());

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.failure())
                .isIn(Failure.DATABASE_STOPPING, Failure.DATABASE_UNREACHABLE));
        await().ignoreExceptions().until(() -> database.count("walpost_inbox") == 0);
    }

    @Test
    void tellsATransactionThatTookTooLongFromAnOutage() throws Exception {
        assertTimesOut(event -> {
            apply(event);
            awaitRollback();
            return apply(event);
        });
        assertTimesOut(event -> {
            apply(event);
            awaitRollback();
            return new Outcome.Applied();
        });
        assertTimesOut(event -> {
            apply(event);
            awaitRollback();
            throw new IllegalStateException("too late");
        });
    }

    private static void assertTimesOut(EventHandler slow) throws Exception {
        database.transaction.setTransactionTimeout(1);
        try {
            assertThat(handle(slow, Events.random()))
                    .isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.failure())
                            .isEqualTo(Failure.TRANSACTION_TIMEOUT));
        } finally {
            database.transaction.setTransactionTimeout(0);
        }
        assertThat(database.count("walpost_inbox")).isZero();
        assertThat(database.count("effect")).isZero();
    }

    private static void awaitRollback() {
        await().pollInSameThread().until(() -> database.transaction.getStatus() == Status.STATUS_ROLLEDBACK);
    }

    @Test
    void takesADatabaseThatDoesNotAnswerInTimeForAnOutage() throws Exception {
        database.transaction.setTransactionTimeout(1);
        try {
            Outcome outcome = handle(
                    event -> {
                        // Longer than the transaction may take; then the server ends the statement.
                        execute("SET LOCAL statement_timeout = 2000");
                        execute("SELECT pg_sleep(3600)");
                        return new Outcome.Applied();
                    },
                    Events.random());

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.failure())
                    .isEqualTo(Failure.DATABASE_STOPPING));
        } finally {
            database.transaction.setTransactionTimeout(0);
        }
    }

    @Test
    void isNotFooledByAHandlerThatSwallowsWhatBrokeItsTransaction() throws Exception {
        Outcome outcome = handle(
                event -> {
                    try {
                        execute("SELECT 1/0");
                    } catch (SQLException swallowed) {
                        // PostgreSQL now answers COMMIT with ROLLBACK, which its driver reports as success.
                    }
                    return new Outcome.Applied();
                },
                Events.random());

        assertThat(outcome).isInstanceOfSatisfying(Outcome.DeadLetter.class, dead -> assertThat(dead.failure())
                .as("what was swallowed")
                .isEqualTo(Failure.INVALID_DATA));
        assertThat(database.count("walpost_inbox")).isZero();
    }

    @Test
    void makesTheSecondOfTwoDeliveriesWaitForTheFirstWhichCommits() throws Exception {
        assertThat(secondOfTwoDeliveries(new Outcome.Applied())).isEqualTo(new Outcome.Duplicate());
        assertThat(database.count("effect")).isEqualTo(1);
    }

    @Test
    void letsTheSecondOfTwoDeliveriesApplyWhatTheFirstRolledBack() throws Exception {
        assertThat(secondOfTwoDeliveries(new Outcome.Retry(new Exception(), Failure.UNKNOWN)))
                .isEqualTo(new Outcome.Applied());
        assertThat(database.count("effect")).isEqualTo(1);
    }

    private Outcome secondOfTwoDeliveries(Outcome ofTheFirst) throws Exception {
        ReceivedEvent event = Events.withId(UUID.randomUUID());
        CountDownLatch firstHasClaimed = new CountDownLatch(1);
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(
                () -> handle(
                        e -> {
                            apply(e);
                            firstHasClaimed.countDown();
                            firstMayEnd.await();
                            return ofTheFirst;
                        },
                        event),
                Thread::startVirtualThread);
        firstHasClaimed.await();
        CompletableFuture<Outcome> second =
                CompletableFuture.supplyAsync(() -> handle(this::apply, event), Thread::startVirtualThread);
        await().until(() -> database.count("pg_locks WHERE NOT granted") == 1);
        assertThat(second).isNotDone();

        firstMayEnd.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(ofTheFirst);
        return second.get(10, TimeUnit.SECONDS);
    }

    /** An exception is as good as an outcome here. */
    private static Outcome handle(EventHandler effect, ReceivedEvent event) {
        try {
            return consumer(effect).handle(List.of(event)).getFirst();
        } catch (Exception e) {
            return Outcome.failed(e);
        }
    }

    private static IdempotentConsumer consumer(EventHandler effect) {
        return new IdempotentConsumer(database.transaction, new JdbcInbox(database.dataSource, CONSUMER), effect);
    }

    private Outcome apply(ReceivedEvent event) throws Exception {
        return insert(event, null);
    }

    private Outcome insert(ReceivedEvent event, Integer amount) throws Exception {
        try (Connection connection = database.dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO effect VALUES (?, ?)")) {
            insert.setObject(1, event.id());
            insert.setObject(2, amount);
            insert.executeUpdate();
            return new Outcome.Applied();
        }
    }

    private static void execute(String sql) throws Exception {
        database.execute(sql);
    }

    /** From outside of the transaction and of the pool. */
    private static void terminateBackends() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        database.postgres.jdbcUrl("postgres"), database.postgres.user(), database.postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'consumer'");
        }
    }
}
