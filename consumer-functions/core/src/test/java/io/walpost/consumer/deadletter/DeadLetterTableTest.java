package io.walpost.consumer.deadletter;

import static io.walpost.consumer.deadletter.Letters.CONSUMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.walpost.consumer.Failure;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.Records;
import io.walpost.consumer.TransactionalDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadLetterTableTest {

    private static final LetterSelection ALL = LetterSelection.all();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static TransactionalDatabase database;
    private static DeadLetterTable table;

    @BeforeAll
    static void start() throws SQLException {
        database = new TransactionalDatabase();
        table = new DeadLetterTable(database.dataSource);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void fill() throws Exception {
        database.execute("TRUNCATE walpost_dead_letter RESTART IDENTITY");
        Letters.park(database, "a", 1, 2);
        Letters.parking(database)
                .put(
                        Records.event("b", 3),
                        new Outcome.DeadLetter(new IllegalStateException("unknown"), Failure.UNKNOWN));
        Letters.parking(database).put(Records.withoutKey(4), Letters.VERDICT);
        database.execute("UPDATE walpost_dead_letter SET failed_at = now() - interval '2 hours' WHERE \"offset\" = 3");
    }

    @Test
    void findsLettersByWhatIsKnownOfThem() throws SQLException {
        assertThat(offsets(ALL)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(offsets(ALL.ofConsumer(CONSUMER))).hasSize(4);
        assertThat(offsets(ALL.ofConsumer("other"))).isEmpty();
        assertThat(offsets(ALL.ofTopic(Records.TOPIC).ofKey("a"))).containsExactly(1L, 2L);
        assertThat(offsets(ALL.ofKey("' OR true --"))).isEmpty();
        assertThat(offsets(ALL.withFailure("parked"))).containsExactly(2L);
        assertThat(offsets(ALL.withErrorClass("IllegalStateException"))).containsExactly(3L);
        assertThat(offsets(ALL.withErrorClass("java.lang.IllegalStateException")))
                .containsExactly(3L);
        assertThat(offsets(ALL.withErrorClass("StateException"))).isEmpty();
        assertThat(offsets(ALL.failedBefore(Instant.now().minus(Duration.ofHours(1)))))
                .containsExactly(3L);
        assertThat(offsets(ALL.withIds(Set.of(1L, 4L)))).containsExactly(1L, 4L);
    }

    @Test
    void listsPageByPage() throws SQLException {
        List<LetterSummary> first = table.list(ALL, 0, 3);
        assertThat(first).hasSize(3);
        assertThat(table.list(ALL, first.getLast().id(), 3))
                .singleElement()
                .satisfies(letter -> assertThat(letter.place().offset()).isEqualTo(4));
    }

    @Test
    void settlesWhatIsSelectedWithAReasonAndOnlyOnce() throws SQLException {
        assertThat(table.resolve(ALL.ofKey("b"), "refunded by hand")).isEqualTo(settled(1));
        assertThat(table.discard(ALL.ofKey("b"), "too late")).isEqualTo(settled(0));
        assertThat(table.discard(ALL.ofKey("a").withFailure("parked"), "a test order"))
                .isEqualTo(settled(1));

        assertThat(offsets(ALL)).containsExactly(1L, 4L);
        assertThat(table.show(3).orElseThrow().summary().end()).hasValueSatisfying(end -> {
            assertThat(end.resolution()).isEqualTo(Resolution.RESOLVED);
            assertThat(end.reason()).contains("refunded by hand");
        });
        assertThat(table.show(2).orElseThrow().summary().end())
                .hasValueSatisfying(end -> assertThat(end.resolution()).isEqualTo(Resolution.DISCARDED));
        assertThat(offsets(ALL.andResolved())).hasSize(4);
        assertThatIllegalArgumentException().isThrownBy(() -> table.discard(ALL, " "));
        assertThat(table.show(99)).isEmpty();
    }

    @Test
    void tellsWhatWaitsForAPerson() throws SQLException {
        DeadLetterTable.Unresolved unresolved = table.unresolved(CONSUMER, LIMIT);
        assertThat(unresolved.letters()).isEqualTo(4);
        assertThat(unresolved.keys()).as("a and b").isEqualTo(2);
        assertThat(unresolved.oldest()).isBetween(Duration.ofHours(2), Duration.ofHours(3));
        DeadLetterTable.Unresolved nothing = new DeadLetterTable.Unresolved(0, 0, Duration.ZERO);
        assertThat(table.unresolved("other", LIMIT)).isEqualTo(nothing);

        table.discard(ALL, "all of them");
        assertThat(table.unresolved(CONSUMER, LIMIT)).isEqualTo(nothing);
    }

    @Test
    void settlesOtherLettersOfTheSameEventsToo() throws Exception {
        UUID event = UUID.randomUUID();
        JdbcDeadLetters letters = Letters.parking(database);
        for (long offset = 10; offset < 13; offset++) {
            letters.put(Records.event("c", offset, event), Letters.VERDICT);
        }
        JdbcDeadLetters others =
                new JdbcDeadLetters(database.dataSource, "other", Ordering.PARK, Duration.ofSeconds(10));
        others.put(Records.event("c", 10, event), Letters.VERDICT);
        letters.put(Records.malformed("c", 13), Letters.VERDICT);
        letters.put(Records.malformed("c", 14), Letters.VERDICT);
        table.resolve(ALL.ofConsumer(CONSUMER).withIds(Set.of(idAt(11))), "by hand");

        assertThat(table.show(idAt(12)).orElseThrow().summary().end())
                .hasValueSatisfying(end -> assertThat(end.resolution()).isEqualTo(Resolution.RESOLVED));
        assertThat(offsets(ALL.ofConsumer(CONSUMER).ofKey("c"))).as("no event").containsExactly(13L, 14L);
        assertThat(offsets(ALL.ofConsumer("other"))).containsExactly(10L);
        assertThat(table.discard(ALL.ofConsumer(CONSUMER).withIds(Set.of(idAt(13))), "no event"))
                .as("what has no id is like no other")
                .isEqualTo(settled(1));
    }

    @Test
    void saysHowManyItSettlesThatWereNotSelected() throws Exception {
        UUID event = UUID.randomUUID();
        Letters.parking(database).put(Records.event("c", 10, event), Letters.VERDICT);
        assertThat(Letters.parking(database).park(Records.event("c", 11, event)))
                .isTrue();
        assertThat(Letters.parking(database).park(Records.event("c", 12))).isTrue();

        assertThat(table.resolve(ALL.withFailure("unprocessable-event").ofKey("c"), "by hand"))
                .isEqualTo(new DeadLetterTable.Settlement(1, 1));
        assertThat(table.discard(ALL, "all of them")).isEqualTo(settled(5));
    }

    private static DeadLetterTable.Settlement settled(int letters) {
        return new DeadLetterTable.Settlement(letters, 0);
    }

    private static long idAt(long offset) throws SQLException {
        return table.list(ALL.andResolved().ofConsumer(CONSUMER), 0, 100).stream()
                .filter(letter -> letter.place().offset() == offset)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static List<Long> offsets(LetterSelection selection) throws SQLException {
        return table.list(selection, 0, 100).stream()
                .map(letter -> letter.place().offset())
                .toList();
    }
}
