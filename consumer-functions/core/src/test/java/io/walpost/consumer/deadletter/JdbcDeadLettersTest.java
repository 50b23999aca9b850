package io.walpost.consumer.deadletter;

import static io.walpost.consumer.deadletter.Letters.VERDICT;
import static io.walpost.consumer.deadletter.Letters.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import io.walpost.consumer.RecordKey;
import io.walpost.consumer.Records;
import io.walpost.consumer.TransactionalDatabase;
import io.walpost.consumer.UnprocessableEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdbcDeadLettersTest {

    private static final LetterSelection EVERYTHING = LetterSelection.all().andResolved();

    private static TransactionalDatabase database;
    private static JdbcDeadLetters letters;
    private static DeadLetterTable table;

    @BeforeAll
    static void start() throws SQLException {
        database = new TransactionalDatabase();
        letters = Letters.parking(database);
        table = new DeadLetterTable(database.dataSource);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("TRUNCATE walpost_dead_letter");
    }

    @Test
    void keepsAllOfARecordAndWhyItIsDead() throws Exception {
        IncomingRecord record = new IncomingRecord(
                new RecordCoordinates(Records.TOPIC, 3, 17),
                bytes(0, 255, 195, 40),
                List.of(
                        Records.header("id", "0b5c8f0e-6f0c-4f43-9d06-3d5f7b3a4f11"),
                        Records.header("type", "OrderPlaced"),
                        Records.header("type", "OrderCancelled"),
                        new RecordHeader("none", null),
                        new RecordHeader("", bytes()),
                        new RecordHeader("b\\0a\0\"ü\\", bytes(0, 1, 2, 254, 255)),
                        new RecordHeader("long", "x".repeat(500).getBytes(UTF_8))),
                bytes(0, 1, 255));

        letters.put(record, VERDICT);

        Letter letter = only();
        assertThat(letter.record()).usingRecursiveComparison().isEqualTo(record);
        assertThat(letter.errorMessage()).contains("no such order");
        LetterSummary summary = letter.summary();
        assertThat(summary.consumer()).isEqualTo("test");
        assertThat(summary.place()).isEqualTo(record.coordinates());
        assertThat(summary.event().eventId()).contains(UUID.fromString("0b5c8f0e-6f0c-4f43-9d06-3d5f7b3a4f11"));
        assertThat(summary.event().aggregateType()).isEqualTo("order");
        assertThat(summary.event().eventType()).contains("OrderCancelled");
        assertThat(summary.failure()).isEqualTo("unprocessable-event");
        assertThat(summary.hint()).isEqualTo(Failure.UNPROCESSABLE_EVENT.hint());
        assertThat(summary.errorClass()).isEqualTo(UnprocessableEventException.class.getName());
        assertThat(summary.retryCount()).isZero();
        assertThat(summary.lastRetryAt()).isEmpty();
        assertThat(summary.end()).isEmpty();
        assertThat(letter.toString()).doesNotContain("secret", "OrderPlaced");
    }

    @Test
    void keepsARecordOfWhichNothingIsThere() throws Exception {
        IncomingRecord record = new IncomingRecord(new RecordCoordinates("other", 0, 0), null, List.of(), null);

        letters.put(
                record, new Outcome.DeadLetter(new IllegalStateException("a\0b" + "x".repeat(5000)), Failure.UNKNOWN));

        Letter letter = only();
        assertThat(letter.record()).usingRecursiveComparison().isEqualTo(record);
        assertThat(letter.summary().event().eventId()).isEmpty();
        assertThat(letter.summary().event().eventType()).isEmpty();
        assertThat(letter.errorMessage().orElseThrow()).startsWith("abx").hasSize(2000);
    }

    @Test
    void keepsKeysThatNoIndexTakes() throws Exception {
        byte[] key = new byte[20_000];
        new Random(1).nextBytes(key);
        letters.put(new IncomingRecord(new RecordCoordinates("other", 0, 0), key, List.of(), null), VERDICT);

        IncomingRecord behind = new IncomingRecord(new RecordCoordinates("other", 0, 1), key, List.of(), null);
        assertThat(letters.parkedAmong(List.of(RecordKey.of(behind).orElseThrow())))
                .hasSize(1);
        assertThat(letters.park(behind)).isTrue();
    }

    @Test
    void hasOneLetterForARecordHoweverOftenItIsPut() throws Exception {
        letters.put(Records.event("a", 1), VERDICT);
        letters.put(Records.event("a", 1), VERDICT);
        assertThat(letters.park(Records.event("a", 1))).isTrue();
        assertThat(letters.park(Records.event("a", 2))).isTrue();
        assertThat(letters.park(Records.event("a", 2))).isTrue();

        assertThat(summaries()).extracting(LetterSummary::failure).containsExactly("unprocessable-event", "parked");
    }

    @Test
    void hasALetterForEachConsumer() throws Exception {
        new JdbcDeadLetters(database.dataSource, "other", Ordering.PARK, Duration.ofSeconds(10))
                .put(Records.event("a", 1), VERDICT);

        assertThat(letters.parkedAmong(List.of(key("a")))).isEmpty();
        assertThat(letters.park(Records.event("a", 2))).isFalse();
        letters.put(Records.event("a", 1), VERDICT);
        assertThat(summaries()).hasSize(2);
    }

    @Test
    void parksBehindUnresolvedLettersOfTheKeyAndNoOther() throws Exception {
        Letters.park(database, "a", 1, 2);
        letters.put(Records.withoutKey(3), VERDICT);

        assertThat(letters.parkedAmong(List.of(key("a"), key("b"), new RecordKey("other", key("a").key()))))
                .containsExactly(key("a"));
        assertThat(letters.park(Records.event("b", 4))).isFalse();
        assertThat(letters.park(Records.withoutKey(5))).isFalse();

        table.discard(LetterSelection.all().ofKey("a"), "test");
        assertThat(letters.parkedAmong(List.of(key("a")))).isEmpty();
        assertThat(letters.park(Records.event("a", 6))).isFalse();
        assertThat(letters.park(Records.event("a", 2)))
                .as("its own letter parks nothing once it is resolved")
                .isFalse();
    }

    @Test
    void parksNothingIfOrderIsNotAskedFor() throws Exception {
        JdbcDeadLetters skipping =
                new JdbcDeadLetters(database.dataSource, Letters.CONSUMER, Ordering.SKIP, Duration.ofSeconds(10));
        skipping.put(Records.event("a", 1), VERDICT);

        assertThat(skipping.parkedAmong(List.of(key("a")))).isEmpty();
        assertThat(skipping.park(Records.event("a", 2))).isFalse();
        assertThat(summaries()).hasSize(1);
    }

    @Test
    void opensALetterAgainThatWasReplayedAndNoneThatAPersonHasSettled() throws Exception {
        for (long offset = 1; offset <= 3; offset++) {
            letters.put(Records.event("key-" + offset, offset), VERDICT);
        }
        database.execute(
                "UPDATE walpost_dead_letter SET resolved_at = now(), resolution = 'replayed' WHERE \"offset\" = 1");
        table.resolve(LetterSelection.all().ofKey("key-2"), "by hand");
        table.discard(LetterSelection.all().ofKey("key-3"), "of a test");

        for (long offset = 1; offset <= 3; offset++) {
            letters.put(Records.event("key-" + offset, offset), VERDICT);
        }

        assertThat(summaries())
                .extracting(letter -> letter.end().map(LetterSummary.End::resolution))
                .containsExactly(Optional.empty(), Optional.of(Resolution.RESOLVED), Optional.of(Resolution.DISCARDED));
    }

    @Test
    void losesNoRecordOfATopicThatWasMadeAnew() throws Exception {
        letters.put(Records.event("a", 1, UUID.randomUUID()), VERDICT);
        IncomingRecord anew = Records.event("a", 1, UUID.randomUUID());

        assertThatExceptionOfType(DeadLetterException.class)
                .isThrownBy(() -> letters.put(anew, VERDICT))
                .withMessageContaining("outbox.event.order-0@1")
                .satisfies(e -> assertThat(e.hint()).contains("made anew"));
        assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> letters.park(anew));

        table.discard(LetterSelection.all(), "of the topic before");
        letters.put(anew, VERDICT);

        assertThat(only().record()).usingRecursiveComparison().isEqualTo(anew);
        assertThat(only().summary().end()).isEmpty();
    }

    @Test
    void refusesToDependOnATransactionOfTheThread() throws Exception {
        database.transaction.begin();
        try {
            assertThatIllegalStateException().isThrownBy(() -> letters.put(Records.event("a", 1), VERDICT));
        } finally {
            database.transaction.rollback();
        }
    }

    @Test
    void saysWhatIsWrongWithTheDatabase() {
        assertThatExceptionOfType(DeadLetterException.class)
                .isThrownBy(() -> {
                    database.execute("ALTER TABLE walpost_dead_letter RENAME TO elsewhere");
                    try {
                        letters.put(Records.event("a", 1), VERDICT);
                    } finally {
                        database.execute("ALTER TABLE elsewhere RENAME TO walpost_dead_letter");
                    }
                })
                .withMessageContaining("database-not-prepared")
                .satisfies(e -> assertThat(e.hint()).contains("run the migrations"));
    }

    /** The race that would lose the order: the record must neither be parked behind nothing nor overtake. */
    @Test
    void waitsForTheReplayThatHasTheLastLetterOfTheKeyAndIsFreeThen() throws Exception {
        Letters.park(database, "a", 1);
        assertThat(parkDuring("UPDATE walpost_dead_letter SET resolved_at = now(), resolution = 'replayed'"))
                .isFalse();
        assertThat(summaries()).hasSize(1);
    }

    @Test
    void waitsForTheReplayThatHasTheLastLetterOfTheKeyAndParksIfItFails() throws Exception {
        Letters.park(database, "a", 1);
        assertThat(parkDuring("UPDATE walpost_dead_letter SET retry_count = retry_count + 1"))
                .isTrue();
        assertThat(summaries()).hasSize(2);
    }

    @Test
    void goesOnToTheLetterBeforeIfTheNewestIsResolvedMeanwhile() throws Exception {
        Letters.park(database, "a", 1, 2);
        assertThat(parkDuring("UPDATE walpost_dead_letter SET resolved_at = now(), resolution = 'resolved'"
                        + " WHERE \"offset\" = 2"))
                .isTrue();
    }

    @Test
    void doesNotWaitForAReplayThatHasNotTheNewestLetter() throws Exception {
        Letters.park(database, "a", 1, 2);
        try (Connection replay = database.dataSource.getConnection();
                Statement statement = replay.createStatement()) {
            replay.setAutoCommit(false);
            statement.execute("SELECT FROM walpost_dead_letter WHERE \"offset\" = 1 FOR UPDATE");

            assertThat(letters.park(Records.event("a", 3))).isTrue();

            replay.rollback();
        }
    }

    @Test
    void givesUpAnAttemptAfterItsTimeout() throws Exception {
        Letters.park(database, "a", 1);
        JdbcDeadLetters hasty =
                new JdbcDeadLetters(database.dataSource, Letters.CONSUMER, Ordering.PARK, Duration.ofSeconds(1));
        try (Connection replay = database.dataSource.getConnection();
                Statement statement = replay.createStatement()) {
            replay.setAutoCommit(false);
            statement.execute("SELECT FROM walpost_dead_letter FOR UPDATE");

            assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> hasty.park(Records.event("a", 2)));

            replay.rollback();
        }
        assertThat(hasty.park(Records.event("a", 2))).isTrue();
    }

    /** What a replay does, step by step, while a consumer is about to park. */
    private boolean parkDuring(String update) throws Exception {
        try (Connection replay = database.dataSource.getConnection();
                Statement statement = replay.createStatement()) {
            replay.setAutoCommit(false);
            statement.execute("SELECT FROM walpost_dead_letter FOR UPDATE");
            CompletableFuture<Boolean> parked = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return letters.park(Records.event("a", 10));
                        } catch (DeadLetterException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread);
            await().until(() -> database.count("pg_locks WHERE NOT granted") == 1);
            assertThat(parked).isNotDone();
            statement.execute(update);
            replay.commit();
            return parked.get(10, TimeUnit.SECONDS);
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static List<LetterSummary> summaries() throws SQLException {
        return table.list(EVERYTHING, 0, 100);
    }

    private static Letter only() throws SQLException {
        List<LetterSummary> all = summaries();
        assertThat(all).hasSize(1);
        return table.show(all.getFirst().id()).orElseThrow();
    }
}
