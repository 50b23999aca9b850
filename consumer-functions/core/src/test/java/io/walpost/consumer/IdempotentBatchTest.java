package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several events in one transaction, on PostgreSQL. */
@Timeout(60)
class IdempotentBatchTest {

    private static final Instant COMMITTED = Instant.parse("2026-11-20T09:15:30.223456Z");
    private static final Instant HAPPENED = Instant.parse("2026-11-19T23:59:59.9Z");

    private static TransactionalDatabase database;

    @BeforeAll
    static void start() throws SQLException {
        database = new TransactionalDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE walpost_inbox, effect");
    }

    @AfterEach
    void leavesNoTransactionBehind() throws Exception {
        assertThat(database.transaction.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    @Test
    void appliesFiveHundredInOneTransaction() throws Exception {
        List<ReceivedEvent> events = random(500);

        assertThat(consumer(this::apply).handle(events)).hasSize(500).allMatch(new Outcome.Applied()::equals);
        assertThat(database.count("effect")).isEqualTo(500);
        assertThat(database.count("(SELECT DISTINCT xmin::text FROM (SELECT xmin FROM effect UNION ALL"
                        + " SELECT xmin FROM walpost_inbox) AS rows) AS transactions"))
                .isEqualTo(1);

        assertThat(consumer(this::apply).handle(events)).allMatch(new Outcome.Duplicate()::equals);
        assertThat(database.count("effect")).isEqualTo(500);
    }

    @Test
    void appliesOnlyWhatIsNew() throws Exception {
        List<ReceivedEvent> events = random(4);
        consumer(this::apply).handle(List.of(events.get(1), events.get(3)));

        assertThat(consumer(this::apply).handle(events))
                .containsExactly(
                        new Outcome.Applied(), new Outcome.Duplicate(), new Outcome.Applied(), new Outcome.Duplicate());
        assertThat(database.count("effect")).isEqualTo(4);
    }

    @Test
    void appliesAnEventOnceThatComesTwiceInABatchUnderTwoKeys() throws Exception {
        UUID id = UUID.randomUUID();

        assertThat(consumer(this::apply).handle(List.of(Events.withId(id), Events.random(), Events.withId(id))))
                .containsExactly(new Outcome.Applied(), new Outcome.Applied(), new Outcome.Duplicate());
        assertThat(database.count("effect")).isEqualTo(2);
    }

    @Test
    void handsWhatIsNewToAnEffectThatTakesAllAtOnce() throws Exception {
        List<ReceivedEvent> events = random(4);
        consumer(this::apply).handle(List.of(events.get(1)));
        List<ReceivedEvent> given = new ArrayList<>();
        BatchEffect effect = ours -> {
            given.addAll(ours);
            List<Outcome> outcomes = new ArrayList<>();
            for (ReceivedEvent event : ours) {
                outcomes.add(event.equals(events.get(2)) ? new Outcome.Ignored() : apply(event));
            }
            return outcomes;
        };

        assertThat(consumer(effect).handle(events))
                .containsExactly(
                        new Outcome.Applied(), new Outcome.Duplicate(), new Outcome.Ignored(), new Outcome.Applied());
        assertThat(given).containsExactly(events.get(0), events.get(2), events.get(3));
        assertThat(database.count("effect")).isEqualTo(3);
        assertThat(database.count("walpost_inbox")).isEqualTo(3);
    }

    /** No attempt is repeated: such an effect refuses before it writes. */
    @Test
    void appliesTheOthersWhenAnEffectThatTakesAllAtOnceRefusesOne() throws Exception {
        List<ReceivedEvent> events = random(3);
        List<Integer> calls = new ArrayList<>();
        BatchEffect effect = ours -> {
            calls.add(ours.size());
            List<Outcome> outcomes = new ArrayList<>();
            for (ReceivedEvent event : ours) {
                outcomes.add(
                        event.equals(events.get(1))
                                ? Outcome.failed(new UnprocessableEventException("no such order"))
                                : apply(event));
            }
            return outcomes;
        };

        assertThat(consumer(effect).handle(events))
                .extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("Applied", "DeadLetter", "Applied");
        assertThat(calls).containsExactly(3);
        assertThat(database.count("effect")).isEqualTo(2);
        assertThat(database.count("walpost_inbox")).isEqualTo(2);
    }

    @Test
    void findsOutWhichEventMadeAnEffectFailThatTakesAllAtOnce() throws Exception {
        List<IncomingRecord> records = IntStream.range(0, 50)
                .mapToObj(i -> Records.event("key-" + i, i, UUID.randomUUID()))
                .toList();
        FaultyDeadLetters letters = new FaultyDeadLetters();
        BatchEffect effect = ours -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (ReceivedEvent event : ours) {
                outcomes.add(apply(event));
                if (event.coordinates().offset() == 17) {
                    throw new SQLException("a value that is there already", "23505");
                }
            }
            return outcomes;
        };

        List<Outcome> outcomes = recordConsumer(consumer(effect), letters, new RecordingListener())
                .consume(records, new Shutdown());

        assertThat(letters.stored)
                .extracting(record -> record.coordinates().offset())
                .containsExactly(17L);
        assertThat(outcomes).filteredOn(new Outcome.Applied()::equals).hasSize(49);
        assertThat(database.count("(SELECT DISTINCT xmin::text FROM effect) AS transactions"))
                .isEqualTo(1);
        assertThat(database.count("walpost_inbox")).isEqualTo(49);
    }

    @Test
    void rollsBackAllIfOneFailsAndThrowsWhatItFailedWith() throws Exception {
        List<ReceivedEvent> events = random(3);
        EventHandler poisoned = event -> {
            apply(event);
            if (event.equals(events.get(1))) {
                throw new UnprocessableEventException("no such order");
            }
            return new Outcome.Applied();
        };
        EventHandler refusing = event -> event.equals(events.get(1))
                ? new Outcome.DeadLetter(new UnprocessableEventException("no such order"), Failure.UNPROCESSABLE_EVENT)
                : apply(event);

        for (EventHandler handler : List.of(poisoned, refusing)) {
            assertThatThrownBy(() -> consumer(handler).handle(events))
                    .satisfies(e -> assertThat(Failure.of(e)).isEqualTo(Failure.UNPROCESSABLE_EVENT));
            assertThat(database.count("effect")).isZero();
            assertThat(database.count("walpost_inbox")).isZero();
        }
    }

    @Test
    void appliesAllButThePoisonousInOneTransaction() throws Exception {
        List<IncomingRecord> records = IntStream.range(0, 200)
                .mapToObj(i -> Records.event("key-" + i, i, UUID.randomUUID()))
                .toList();
        FaultyDeadLetters letters = new FaultyDeadLetters();
        EventHandler poisoned = event -> {
            if (event.coordinates().offset() % 70 == 1) {
                throw new UnprocessableEventException("no such order");
            }
            return apply(event);
        };

        List<Outcome> outcomes = recordConsumer(consumer(poisoned), letters, new RecordingListener())
                .consume(records, new Shutdown());

        assertThat(letters.stored)
                .extracting(record -> record.coordinates().offset())
                .containsExactly(1L, 71L, 141L);
        assertThat(outcomes).filteredOn(new Outcome.Applied()::equals).hasSize(197);
        assertThat(database.count("effect")).isEqualTo(197);
        assertThat(database.count("(SELECT DISTINCT xmin::text FROM effect) AS transactions"))
                .isEqualTo(1);
        assertThat(database.count("walpost_inbox")).isEqualTo(197);
    }

    @Test
    void keepsNoClaimOfWhatItIgnores() throws Exception {
        List<ReceivedEvent> events = random(3);
        EventHandler handler = event -> event.equals(events.get(1)) ? new Outcome.Ignored() : apply(event);

        assertThat(consumer(handler).handle(events))
                .containsExactly(new Outcome.Applied(), new Outcome.Ignored(), new Outcome.Applied());
        assertThat(database.count("walpost_inbox")).isEqualTo(2);
        assertThat(consumer(this::apply).handle(events))
                .as("a later version knows it")
                .containsExactly(new Outcome.Duplicate(), new Outcome.Applied(), new Outcome.Duplicate());
    }

    @Test
    void knowsAnEventAgainThatIsPublishedFromTheTableWithoutItsCommit() throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(handle(event(id, Optional.of(HAPPENED), Optional.of(COMMITTED))))
                .isEqualTo(new Outcome.Applied());
        assertThat(handle(event(id, Optional.of(HAPPENED), Optional.empty()))).isEqualTo(new Outcome.Duplicate());

        UUID withoutTime = UUID.randomUUID();
        assertThat(handle(event(withoutTime, Optional.of(COMMITTED), Optional.of(COMMITTED))))
                .as("the relay fills the gap with the commit's time")
                .isEqualTo(new Outcome.Applied());
        assertThat(handle(event(withoutTime, Optional.empty(), Optional.empty())))
                .isEqualTo(new Outcome.Duplicate());
    }

    @Test
    void claimsEventsOfTimesThatNoDateHas() throws Exception {
        for (Instant time : List.of(Instant.MIN, Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"), Instant.MAX)) {
            UUID id = UUID.randomUUID();
            assertThat(handle(event(id, Optional.of(time), Optional.empty()))).isEqualTo(new Outcome.Applied());
            assertThat(handle(event(id, Optional.of(time), Optional.empty()))).isEqualTo(new Outcome.Duplicate());
        }
    }

    @Test
    void doesNotEndATransactionThatIsNotItsOwn() throws Exception {
        database.transaction.begin();
        try {
            assertThatThrownBy(() -> consumer(this::apply).handle(random(1))).isNotNull();
            assertThat(database.transaction.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
        } finally {
            database.transaction.rollback();
        }
    }

    /** Two instances with the same events in other batches, in other orders, as after a rebalance: claimed crosswise. */
    @RepeatedTest(10)
    void appliesEachOnceWhenBatchesAreInterleaved() throws Exception {
        List<ReceivedEvent> events = random(200);
        List<ReceivedEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(1));
        CyclicBarrier together = new CyclicBarrier(2);

        List<CompletableFuture<List<Outcome>>> instances = List.of(events, shuffled).stream()
                .map(batch -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                together.await();
                                return consumer(this::apply).handle(batch);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        Thread::startVirtualThread))
                .toList();

        long applied = 0;
        for (CompletableFuture<List<Outcome>> instance : instances) {
            applied += instance.get(30, TimeUnit.SECONDS).stream()
                    .filter(Outcome.Applied.class::isInstance)
                    .count();
        }
        assertThat(applied).as("without any deadlock").isEqualTo(200);
        assertThat(database.count("effect")).isEqualTo(200);
    }

    /** The inbox orders its claims; what handlers lock is theirs. A deadlock among effects has to be repeated. */
    @Test
    void repeatsABatchThatRanIntoADeadlock() throws Exception {
        database.execute("INSERT INTO effect SELECT gen_random_uuid(), amount FROM generate_series(1, 2) AS amount");
        CyclicBarrier bothHaveOne = new CyclicBarrier(2);
        RecordingListener listener = new RecordingListener();

        List<CompletableFuture<List<Outcome>>> instances = List.of(List.of(1, 2), List.of(2, 1)).stream()
                .map(rows -> CompletableFuture.supplyAsync(
                        () -> {
                            int[] calls = {0};
                            EventHandler crosswise = event -> {
                                int call = calls[0]++;
                                update(rows.get(call % 2));
                                if (call == 0) {
                                    bothHaveOne.await();
                                }
                                return apply(event);
                            };
                            return recordConsumer(consumer(crosswise), new FaultyDeadLetters(), listener)
                                    .consume(
                                            List.of(
                                                    Records.event("a", rows.get(0), UUID.randomUUID()),
                                                    Records.event("b", rows.get(1), UUID.randomUUID())),
                                            new Shutdown());
                        },
                        Thread::startVirtualThread))
                .toList();

        for (CompletableFuture<List<Outcome>> instance : instances) {
            assertThat(instance.get(30, TimeUnit.SECONDS)).allMatch(new Outcome.Applied()::equals);
        }
        assertThat(listener.retries).isNotEmpty().allMatch(retry -> retry.failure() == Failure.DATABASE_CONFLICT);
        assertThat(database.count("effect")).isEqualTo(2 + 4);
    }

    @Test
    void appliesOnceWhatTwoInstancesAreGivenAtTheSameTime() throws Exception {
        ReceivedEvent shared = Events.random();
        List<ReceivedEvent> first = List.of(Events.random(), shared);
        List<ReceivedEvent> second = List.of(shared, Events.random());
        CompletableFuture<Void> mayEnd = new CompletableFuture<>();
        CompletableFuture<List<Outcome>> slow = handleAsync(
                event -> {
                    mayEnd.get(30, TimeUnit.SECONDS);
                    return apply(event);
                },
                first);
        await().until(() -> database.count("pg_stat_activity WHERE state = 'idle in transaction'") == 1);
        CompletableFuture<List<Outcome>> quick = handleAsync(this::apply, second);
        await().until(() -> database.count("pg_locks WHERE NOT granted") == 1);
        mayEnd.complete(null);

        assertThat(slow.get(30, TimeUnit.SECONDS)).containsExactly(new Outcome.Applied(), new Outcome.Applied());
        assertThat(quick.get(30, TimeUnit.SECONDS)).containsExactly(new Outcome.Duplicate(), new Outcome.Applied());
        assertThat(database.count("effect")).isEqualTo(3);
    }

    private CompletableFuture<List<Outcome>> handleAsync(EventHandler effect, List<ReceivedEvent> events) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return consumer(effect).handle(events);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private Outcome handle(ReceivedEvent event) throws Exception {
        return consumer(this::apply).handle(List.of(event)).getFirst();
    }

    private static List<ReceivedEvent> random(int count) {
        return IntStream.range(0, count).mapToObj(i -> Events.random()).toList();
    }

    private static ReceivedEvent event(UUID id, Optional<Instant> time, Optional<Instant> committedAt) {
        return new ReceivedEvent(
                Events.COORDINATES,
                id,
                "order",
                "42",
                Optional.empty(),
                time,
                Optional.empty(),
                committedAt,
                null,
                Optional.empty());
    }

    private static RecordConsumer recordConsumer(
            IdempotentConsumer handler, DeadLetters letters, RecordingListener listener) {
        RetryPolicy policy = new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(100), 1, Duration.ofMillis(1));
        return new RecordConsumer(handler, letters, policy, listener, Clock.systemUTC());
    }

    private static IdempotentConsumer consumer(EventHandler effect) {
        return new IdempotentConsumer(database.transaction, new JdbcInbox(database.dataSource, "test"), effect);
    }

    private Outcome apply(ReceivedEvent event) throws SQLException {
        try (Connection connection = database.dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
            insert.setObject(1, event.id());
            insert.executeUpdate();
            return new Outcome.Applied();
        }
    }

    private static void update(int row) throws SQLException {
        database.execute("UPDATE effect SET event_id = gen_random_uuid() WHERE amount = " + row);
    }
}
