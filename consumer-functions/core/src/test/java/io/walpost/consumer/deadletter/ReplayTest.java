package io.walpost.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.EventHandler;
import io.walpost.consumer.Failure;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.Patience;
import io.walpost.consumer.Records;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.Shutdown;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.TransactionalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(60)
class ReplayTest {

    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(10), 2, Duration.ofSeconds(10));
    private static final LetterSelection ALL = LetterSelection.all();
    private static final long ALL_OF_THEM = Long.MAX_VALUE;
    private static final double AT_ONCE = Double.POSITIVE_INFINITY;
    private static final Outcome APPLIED = new Outcome.Applied();

    private static TransactionalDatabase database;
    private static DeadLetterTable table;
    private static Ledger ledger;

    private final RecordingProgress progress = new RecordingProgress();
    private final Shutdown shutdown = new Shutdown();

    @BeforeAll
    static void start() throws SQLException {
        database = new TransactionalDatabase();
        table = new DeadLetterTable(database.dataSource);
        ledger = new Ledger(database);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void fill() throws Exception {
        database.execute("TRUNCATE walpost_dead_letter, walpost_inbox, ledger RESTART IDENTITY");
        Letters.park(database, "a", 1, 2, 5);
        Letters.park(database, "b", 3, 4);
    }

    @Test
    void handlesTheLettersOfEachKeyInTheirOrderAndOnce() throws Exception {
        assertThat(run(ledger.handler(), ALL)).isEqualTo(new ReplayReport(5, 0, 0, true));

        assertThat(ledger.effects()).isEqualTo(Map.of("a", List.of(1L, 2L, 5L), "b", List.of(3L, 4L)));
        assertThat(table.list(ALL, 0, 10)).isEmpty();
        assertThat(table.show(1).orElseThrow().summary()).satisfies(letter -> {
            assertThat(letter.end())
                    .hasValueSatisfying(end -> assertThat(end.resolution()).isEqualTo(Resolution.REPLAYED));
            assertThat(letter.retryCount()).isEqualTo(1);
            assertThat(letter.lastRetryAt()).isPresent();
        });
        assertThat(run(ledger.handler(), ALL)).as("there is nothing left").isEqualTo(new ReplayReport(0, 0, 0, true));
    }

    @Test
    void appliesNothingThatWasDoneByHandAndWasPublishedTwice() throws Exception {
        UUID event = UUID.randomUUID();
        JdbcDeadLetters letters = Letters.parking(database);
        letters.put(Records.event("c", 6, event), Letters.VERDICT);
        assertThat(letters.park(Records.event("c", 7, event))).isTrue();
        assertThat(letters.park(Records.event("c", 8))).isTrue();

        table.resolve(ALL.ofKey("c").withFailure("unprocessable-event"), "by hand");

        assertThat(run(ledger.handler(), ALL.ofKey("c"))).isEqualTo(new ReplayReport(1, 0, 0, true));
        assertThat(ledger.effects()).isEqualTo(Map.of("c", List.of(8L)));
    }

    @Test
    void handsOverTheRecordAsItWas() throws Exception {
        BatchHandler handler = ledger.handler(event -> {
            assertThat(event.payload())
                    .isEqualTo(Records.event("x", event.coordinates().offset()).value());
            assertThat(event.type()).contains("OrderPlaced");
            return APPLIED;
        });
        assertThat(run(handler, ALL).replayed()).isEqualTo(5);
    }

    @Test
    void leavesAKeyAloneWhoseLetterFailsAgainAndSaysWhy() throws Exception {
        ReplayReport report = run(ledger.handler(refusing(2, new IllegalStateException("still"))), ALL);

        assertThat(report).isEqualTo(new ReplayReport(3, 1, 0, true));
        assertThat(progress.failed).containsExactly(2L);
        assertThat(ledger.effects()).isEqualTo(Map.of("a", List.of(1L), "b", List.of(3L, 4L)));
        Letter failed = table.show(2).orElseThrow();
        assertThat(failed.summary().failure()).as("no longer only parked").isEqualTo("unknown");
        assertThat(failed.errorMessage()).contains("still");
        assertThat(failed.summary().retryCount()).isEqualTo(1);
        assertThat(failed.summary().end()).isEmpty();
        assertThat(table.show(3).orElseThrow().summary().retryCount())
                .as("the one behind it")
                .isZero();

        assertThat(run(ledger.handler(), ALL)).isEqualTo(new ReplayReport(2, 0, 0, true));
        assertThat(ledger.effects()).containsEntry("a", List.of(1L, 2L, 5L));
    }

    @Test
    void takesWhatIsParkedBehindWhatIsSelectedAndNothingElse() throws Exception {
        // Now 2 has a failure of its own, and 5 waits behind it.
        run(ledger.handler(refusing(2, new IllegalStateException())), ALL.ofKey("a"));
        Letters.park(database, "c", 6, 7);
        assertThat(ledger.effects()).isEqualTo(Map.of("a", List.of(1L)));

        LetterSelection unprocessable = ALL.withFailure("unprocessable-event");
        assertThat(offsets(replay(ledger.handler()).plan(unprocessable, 100)))
                .containsExactlyInAnyOrder(3L, 4L, 6L, 7L);
        assertThat(run(ledger.handler(), unprocessable)).isEqualTo(new ReplayReport(4, 0, 0, true));

        assertThat(run(ledger.handler(), ALL.withFailure("parked")))
                .as("the head of its key is not selected")
                .isEqualTo(new ReplayReport(0, 0, 0, true));
        assertThat(run(ledger.handler(), ALL.withErrorClass("IllegalStateException"))
                        .replayed())
                .isEqualTo(2);
        assertThat(ledger.effects())
                .isEqualTo(Map.of("a", List.of(1L, 2L, 5L), "b", List.of(3L, 4L), "c", List.of(6L, 7L)));
    }

    @Test
    void goesByKeyAndAgeAndId() throws Exception {
        database.execute("UPDATE walpost_dead_letter SET failed_at = now() - interval '1 day' WHERE \"offset\" = 3");

        assertThat(offsets(replay(ledger.handler()).plan(ALL.ofKey("a"), 100))).containsExactly(1L, 2L, 5L);
        assertThat(offsets(replay(ledger.handler()).plan(ALL.ofKey("a"), 2))).containsExactly(1L, 2L);
        assertThat(offsets(replay(ledger.handler())
                        .plan(ALL.failedBefore(Instant.now().minusSeconds(60)), 100)))
                .containsExactly(3L, 4L);
        assertThat(replay(ledger.handler()).plan(ALL.withIds(Set.of(2L)), 100))
                .as("another is before it")
                .isEmpty();
        assertThat(table.list(ALL, 0, 100)).as("a plan changes nothing").hasSize(5);
        assertThat(ledger.effects()).isEmpty();
        assertThat(run(ledger.handler(), ALL.failedBefore(Instant.now().minusSeconds(60)))
                        .replayed())
                .isEqualTo(2);
    }

    @Test
    void handsOverNoMoreThanTheLimitInTheOrderOfThePlan() throws Exception {
        // The key of the oldest letter goes first, though the letters of the other one come between.
        List<Long> plan = offsets(replay(ledger.handler()).plan(ALL, 4));
        assertThat(plan).containsExactly(1L, 2L, 5L, 3L);

        assertThat(run(ledger.handler(), ALL, 4)).isEqualTo(new ReplayReport(4, 0, 0, false));
        assertThat(ledger.effects()).isEqualTo(Map.of("a", List.of(1L, 2L, 5L), "b", List.of(3L)));

        assertThat(run(ledger.handler(), ALL, 1))
                .as("there was no more than that")
                .isEqualTo(new ReplayReport(1, 0, 0, true));
    }

    @Test
    void countsAFailureAgainstTheLimit() throws Exception {
        assertThat(run(ledger.handler(refusing(1, new IllegalStateException())), ALL, 1))
                .isEqualTo(new ReplayReport(0, 1, 0, false));
        assertThat(ledger.effects()).isEmpty();
    }

    @Test
    void namesWhatWaitsBehindWhatIsNotSelected() throws Exception {
        Replay replay = replay(ledger.handler());
        Letters.parking(database).put(Records.withoutKey(8), Letters.VERDICT);
        assertThat(replay.waiting(ALL)).isEmpty();
        assertThat(replay.waiting(ALL.withFailure("no-such-failure"))).isEmpty();
        assertThat(replay.waiting(ALL.withIds(Set.of(letter(1), letter(5)))))
                .as("2 is only parked")
                .isEmpty();
        assertThat(replay.waiting(ALL.withIds(Set.of(letter(2)))))
                .contains(new Replay.Waiting(1, letter(2), letter(1)));
        assertThat(replay.waiting(ALL.withFailure("parked"))).contains(new Replay.Waiting(3, letter(2), letter(1)));

        run(ledger.handler(refusing(2, new IllegalStateException())), ALL.ofKey("a"));

        assertThat(replay.waiting(ALL.withIds(Set.of(letter(5)))))
                .contains(new Replay.Waiting(1, letter(5), letter(2)));
        Letters.park(database, "a", 9);
        database.execute("UPDATE walpost_dead_letter SET failure = 'unknown' WHERE \"offset\" = 5");
        assertThat(replay.waiting(ALL.withIds(Set.of(letter(2), letter(9)))))
                .as("the head is selected, and what is between is not")
                .contains(new Replay.Waiting(1, letter(9), letter(5)));
    }

    @Test
    void countsALetterWithoutAKeyForItself() throws Exception {
        Letters.parking(database).put(Records.withoutKey(8), Letters.VERDICT);
        Letters.parking(database).put(Records.withoutKey(9), Letters.VERDICT);

        assertThat(run(ledger.handler(), ALL)).isEqualTo(new ReplayReport(5, 2, 0, true));
        assertThat(progress.failed).containsExactly(8L, 9L);
    }

    @Test
    void keepsToTheRate() throws Exception {
        long began = System.nanoTime();
        new Replay(database.dataSource, Letters.CONSUMER, ledger.handler(), POLICY, Clock.systemUTC())
                .run(ALL, ALL_OF_THEM, 10, shutdown, progress);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void goesOnWhereItWasStopped() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        BatchHandler stopping = ledger.handler(event -> {
            if (handled.incrementAndGet() == 2) {
                shutdown.begin();
            }
            return APPLIED;
        });

        assertThat(run(stopping, ALL)).isEqualTo(new ReplayReport(2, 0, 0, false));
        assertThat(run(ledger.handler(), ALL, new Shutdown())).isEqualTo(new ReplayReport(3, 0, 0, true));
        assertThat(ledger.effects()).isEqualTo(Map.of("a", List.of(1L, 2L, 5L), "b", List.of(3L, 4L)));
    }

    @Test
    void hasTheEffectOnceIfItIsKilledBeforeItsMark() throws Exception {
        BatchHandler applied = ledger.handler();
        BatchHandler killing = events -> {
            List<Outcome> outcomes = applied.handle(events);
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE state = 'idle in transaction' AND query LIKE '%walpost_dead_letter%'");
            return outcomes;
        };
        assertThatThrownBy(() -> run(killing, ALL)).isInstanceOf(SQLException.class);
        assertThat(ledger.effects()).isEqualTo(Map.of("a", List.of(1L)));
        assertThat(table.list(ALL, 0, 10)).hasSize(5);

        assertThat(run(ledger.handler(), ALL)).isEqualTo(new ReplayReport(5, 0, 0, true));
        assertThat(progress.outcomes.getFirst()).isEqualTo(new Outcome.Duplicate());
        assertThat(ledger.effects()).isEqualTo(Map.of("a", List.of(1L, 2L, 5L), "b", List.of(3L, 4L)));
    }

    @Test
    void waitsForASinkThatIsAway() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        BatchHandler handler = ledger.handler(event -> {
            if (attempts.incrementAndGet() <= 20) {
                throw new SinkException(Failure.SINK_UNREACHABLE, "away", null);
            }
            return APPLIED;
        });

        assertThat(run(handler, ALL)).isEqualTo(new ReplayReport(5, 0, 0, true));
        assertThat(progress.waits).hasSize(20);
    }

    /** Else whoever discards the letter would no longer wait for how this ends. */
    @Test
    void keepsItsLetterFromASinkThatIsAwayForLongerThanATransactionMayBeIdle() throws Exception {
        PGSimpleDataSource impatient = new PGSimpleDataSource();
        impatient.setUrl(database.url());
        impatient.setUser(database.postgres.user());
        impatient.setPassword(database.postgres.password());
        impatient.setOptions("-c idle_in_transaction_session_timeout=200ms");
        long begun = System.nanoTime();
        BatchHandler handler = ledger.handler(event -> {
            if (System.nanoTime() - begun < Duration.ofSeconds(1).toNanos()) {
                throw new SinkException(Failure.SINK_UNREACHABLE, "away", null);
            }
            return APPLIED;
        });

        ReplayReport report = new Replay(impatient, Letters.CONSUMER, handler, POLICY, Clock.systemUTC())
                .run(ALL, Long.MAX_VALUE, AT_ONCE, shutdown, progress);

        assertThat(report).isEqualTo(new ReplayReport(5, 0, 0, true));
        assertThat(progress.waits).isNotEmpty();
    }

    @Test
    void countsNothingAgainstALetterThatItStoppedWaitingAt() throws Exception {
        BatchHandler handler = ledger.handler(event -> {
            shutdown.begin();
            throw new SinkException(Failure.SINK_UNREACHABLE, "away", null);
        });

        assertThat(run(handler, ALL)).isEqualTo(new ReplayReport(0, 0, 0, false));
        assertThat(table.list(ALL, 0, 10)).hasSize(5).allMatch(letter -> letter.retryCount() == 0);
    }

    @Test
    void leavesALetterAloneThatSomebodyElseHas() throws Exception {
        try (Connection other = database.dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM walpost_dead_letter WHERE \"offset\" = 1 FOR UPDATE");

            assertThat(run(ledger.handler(), ALL)).isEqualTo(new ReplayReport(2, 0, 1, true));
            assertThat(ledger.effects()).as("not even the second of the key").isEqualTo(Map.of("b", List.of(3L, 4L)));

            other.rollback();
        }
    }

    @Test
    void sharesTheLettersWithAnotherRunAtTheSameTime() throws Exception {
        int keys = 50;
        for (int key = 0; key < keys; key++) {
            Letters.park(database, "key-" + key, 100 + 3 * key, 101 + 3 * key, 102 + 3 * key);
        }
        AtomicInteger handled = new AtomicInteger();
        BatchHandler counting = ledger.handler(event -> {
            handled.incrementAndGet();
            return APPLIED;
        });

        List<CompletableFuture<ReplayReport>> runs = List.of(1, 2, 3).stream()
                .map(run -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return run(counting, ALL, new Shutdown());
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        long replayed = 0;
        for (CompletableFuture<ReplayReport> run : runs) {
            replayed += run.get(30, TimeUnit.SECONDS).replayed();
        }
        // A key that another run had at the moment is left to that run, so it can be given up by all but one.
        replayed += run(counting, ALL, new Shutdown()).replayed();

        assertThat(replayed).isEqualTo(5 + 3 * keys);
        assertThat(handled).as("none twice").hasValue(5 + 3 * keys);
        assertThat(ledger.effects().values())
                .allSatisfy(offsets -> assertThat(offsets).isSorted());
        assertThat(table.list(ALL, 0, 10)).isEmpty();
    }

    private static EventHandler refusing(long offset, Exception cause) {
        return event -> {
            if (event.coordinates().offset() == offset) {
                throw cause;
            }
            return APPLIED;
        };
    }

    private static List<Long> offsets(List<LetterSummary> letters) {
        return letters.stream().map(letter -> letter.place().offset()).toList();
    }

    private static Replay replay(BatchHandler handler) {
        return new Replay(database.dataSource, Letters.CONSUMER, handler, POLICY, Clock.systemUTC());
    }

    private long letter(long offset) throws SQLException {
        return table.list(ALL, 0, 100).stream()
                .filter(letter -> letter.place().offset() == offset)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private ReplayReport run(BatchHandler handler, LetterSelection selection, long limit) throws SQLException {
        return replay(handler).run(selection, limit, AT_ONCE, shutdown, progress);
    }

    private ReplayReport run(BatchHandler handler, LetterSelection selection) throws SQLException {
        return run(handler, selection, shutdown);
    }

    private ReplayReport run(BatchHandler handler, LetterSelection selection, Patience patience) throws SQLException {
        return replay(handler).run(selection, ALL_OF_THEM, AT_ONCE, patience, progress);
    }
}
