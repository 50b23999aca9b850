package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource.FlushMode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the driver, the pool and the transaction manager throw while PostgreSQL is away must all read as "wait". */
@Timeout(120)
class OutageTest {

    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), 1, Duration.ofMillis(1));

    private final RecordingListener listener = new RecordingListener();

    @Test
    void waitsForADatabaseThatWasKilled() throws Exception {
        try (TransactionalDatabase database = new TransactionalDatabase()) {
            RetryingHandler handler = handler(database);
            assertThat(handler.handle(Events.random())).isEqualTo(new Outcome.Applied());

            database.postgres.kill();
            CompletableFuture<Outcome> outcome =
                    CompletableFuture.supplyAsync(() -> handler.handle(Events.random()), Thread::startVirtualThread);
            await().until(() -> listener.retries.size() >= 5);
            assertThat(outcome).isNotDone();
            database.postgres.start();

            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Applied());
            assertThat(database.count("walpost_inbox")).isEqualTo(2);
        }
    }

    @Test
    void waitsForADatabaseThatDoesNotAnswer() throws Exception {
        try (TransactionalDatabase database = new TransactionalDatabase()) {
            RetryingHandler handler = handler(database);
            // With nothing in the pool, the pool itself gives up waiting for a connection.
            database.dataSource.flush(FlushMode.ALL);
            database.postgres.pause();
            CompletableFuture<Outcome> outcome =
                    CompletableFuture.supplyAsync(() -> handler.handle(Events.random()), Thread::startVirtualThread);
            await().until(() -> listener.retries.size() >= 2);
            assertThat(outcome).isNotDone();
            database.postgres.resume();

            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Applied());
        }
    }

    private RetryingHandler handler(TransactionalDatabase database) {
        IdempotentConsumer once = new IdempotentConsumer(
                database.transaction, new JdbcInbox(database.dataSource, "test"), event -> new Outcome.Applied());
        return new RetryingHandler(
                WaveHandler.one(once),
                POLICY,
                listener,
                new Suspicions(POLICY, Clock.systemUTC()),
                Clock.systemUTC(),
                new Shutdown());
    }
}
