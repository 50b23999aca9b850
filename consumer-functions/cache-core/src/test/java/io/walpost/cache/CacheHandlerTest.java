package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.cache.CacheReader.Found;
import io.walpost.consumer.Failure;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What events, readers and duplicates do to an entry, one after the other. */
class CacheHandlerTest {

    private static final Outcome APPLIED = new Outcome.Applied();
    private static final Outcome DUPLICATE = new Outcome.Duplicate();

    private static CacheServer server;

    private final CacheHandler invalidating = server.handler(CacheMode.INVALIDATE);
    private final CacheHandler refreshing = server.handler(CacheMode.REFRESH);
    private final CacheReader reader = server.reader();

    @BeforeAll
    static void start() {
        server = new CacheServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @AfterEach
    void empty() {
        server.redis.command("FLUSHALL");
    }

    @Test
    void takesAValueAwayAndLeavesItsVersion() throws Exception {
        fill(1);

        assertThat(apply(invalidating, Orders.changed(7, 2))).isEqualTo(APPLIED);

        assertThat(reader.lookup(7).isHit()).isFalse();
        assertThat(server.field(7, "version")).isEqualTo("2");
        assertThat(server.ttl(7)).isBetween(1L, 600_000L);
    }

    @Test
    void replacesAValueByTheSnapshot() throws Exception {
        fill(1);

        assertThat(apply(refreshing, Orders.changed(7, 2))).isEqualTo(APPLIED);

        assertThat(reader.lookup(7).value()).isEqualTo(Orders.snapshot(2));
        assertThat(server.ttl(7)).isBetween(1L, 600_000L);
    }

    @Test
    void takesAValueAwayThatItHasNoSnapshotFor() throws Exception {
        fill(1);

        assertThat(apply(refreshing, Orders.withoutSnapshot(7, 2))).isEqualTo(APPLIED);

        assertThat(reader.lookup(7).isHit()).isFalse();
    }

    @Test
    void putsNoValueWhereNobodyHasReadOne() throws Exception {
        assertThat(apply(refreshing, Orders.changed(7, 2))).isEqualTo(APPLIED);

        assertThat(reader.lookup(7).isHit()).isFalse();
    }

    @Test
    void putsNothingBackWhenAllEventsAreReplayedAfterTheEntryWasForgotten() throws Exception {
        for (int version = 1; version <= 5; version++) {
            apply(refreshing, Orders.changed(7, version));
        }
        server.forget(7);

        for (int version = 1; version <= 4; version++) {
            apply(refreshing, Orders.changed(7, version));
            assertThat(reader.lookup(7).isHit()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void appliesADuplicateOnce(CacheMode mode) throws Exception {
        CacheHandler handler = server.handler(mode);
        ReceivedEvent event = Orders.changed(7, 2);
        assertThat(apply(handler, event)).isEqualTo(APPLIED);
        fill(2);

        assertThat(apply(handler, event)).isEqualTo(DUPLICATE);

        assertThat(reader.lookup(7).value()).isEqualTo(Orders.snapshot(2));
    }

    @ParameterizedTest
    @EnumSource
    void passesOverAnOlderEvent(CacheMode mode) throws Exception {
        CacheHandler handler = server.handler(mode);
        fill(10);

        assertThat(apply(handler, Orders.changed(7, 9)))
                .as("not as text, where 9 is after 10")
                .isEqualTo(DUPLICATE);

        assertThat(reader.lookup(7).value()).isEqualTo(Orders.snapshot(10));
    }

    @Test
    void comparesVersionsThatAreNoDoubles() throws Exception {
        long version = Long.MAX_VALUE - 1;
        fill(version);

        assertThat(apply(invalidating, Orders.changed(7, version - 1))).isEqualTo(DUPLICATE);
        assertThat(apply(invalidating, Orders.changed(7, version))).isEqualTo(DUPLICATE);
        assertThat(reader.lookup(7).isHit()).isTrue();
        assertThat(apply(invalidating, Orders.changed(7, version + 1))).isEqualTo(APPLIED);
        assertThat(reader.lookup(7).isHit()).isFalse();
    }

    @Test
    void refusesTheFillOfAReaderThatReadBeforeTheChange() throws Exception {
        Found before = reader.lookup(7);

        apply(invalidating, Orders.changed(7, 2));

        assertThat(reader.fill(7, before.token(), 1, Orders.snapshot(1))).isFalse();
        assertThat(reader.lookup(7).isHit()).isFalse();
    }

    @Test
    void takesTheFillOfAReaderThatReadTheChangeBeforeItsEventCame() throws Exception {
        Found before = reader.lookup(7);

        apply(invalidating, Orders.changed(7, 2));

        assertThat(reader.fill(7, before.token(), 2, Orders.snapshot(2))).isTrue();
        assertThat(reader.lookup(7).value()).isEqualTo(Orders.snapshot(2));
    }

    @Test
    void refusesAFillWhoseEntryWasForgottenMeanwhile() throws Exception {
        Found before = reader.lookup(7);
        apply(invalidating, Orders.changed(7, 2));
        server.forget(7);

        assertThat(reader.fill(7, before.token(), 1, Orders.snapshot(1))).isFalse();

        Found later = reader.lookup(7);
        assertThat(later.isHit()).isFalse();
        assertThat(reader.fill(7, before.token(), 1, Orders.snapshot(1))).isFalse();
        assertThat(reader.fill(7, later.token(), 2, Orders.snapshot(2))).isTrue();
    }

    @Test
    void beginsAnotherLifeWithAnEventThatComesAgain() throws Exception {
        ReceivedEvent event = Orders.changed(7, 1);
        apply(invalidating, event);
        Found before = reader.lookup(7);
        apply(invalidating, Orders.changed(7, 2));
        server.forget(7);

        apply(invalidating, event);

        assertThat(reader.fill(7, before.token(), 1, Orders.snapshot(1))).isFalse();
    }

    @Test
    void refusesTheFillFromAReplicaThatIsBehind() throws Exception {
        apply(invalidating, Orders.changed(7, 2));
        Found after = reader.lookup(7);

        assertThat(reader.fill(7, after.token(), 1, Orders.snapshot(1))).isFalse();
    }

    @Test
    void goesByThePositionWhereThereIsNoVersion() throws Exception {
        assertThat(apply(invalidating, Orders.withoutVersion(7, 999))).isEqualTo(APPLIED);
        fill(1);
        assertThat(apply(invalidating, Orders.withoutVersion(7, 999))).isEqualTo(DUPLICATE);
        assertThat(apply(invalidating, Orders.withoutVersion(7, 998))).isEqualTo(DUPLICATE);
        assertThat(reader.lookup(7).isHit()).isTrue();

        assertThat(apply(invalidating, Orders.withoutVersion(7, 1000))).isEqualTo(APPLIED);

        assertThat(reader.lookup(7).isHit()).isFalse();
    }

    @Test
    void comparesPositionsAsUnsigned() throws Exception {
        apply(invalidating, Orders.withoutVersion(7, Long.MAX_VALUE));
        fill(1);

        assertThat(apply(invalidating, Orders.withoutVersion(7, Long.MIN_VALUE)))
                .isEqualTo(APPLIED);
        assertThat(apply(invalidating, Orders.withoutVersion(7, Long.MAX_VALUE)))
                .isEqualTo(DUPLICATE);
    }

    @Test
    void refusesEveryFillThatIsUnderWayWhenAnEventHasNoVersion() throws Exception {
        fill(3);
        Found before = reader.lookup(7);

        assertThat(apply(invalidating, Orders.tombstone(7, 400))).isEqualTo(APPLIED);

        assertThat(reader.lookup(7).isHit()).isFalse();
        assertThat(reader.fill(7, before.token(), 3, Orders.snapshot(3))).isFalse();
    }

    @Test
    void appliesWhatHasNeitherVersionNorPosition() throws Exception {
        fill(3);

        assertThat(apply(invalidating, Orders.event(7, "{}", 0))).isEqualTo(APPLIED);
        assertThat(reader.lookup(7).isHit()).isFalse();
        assertThat(apply(invalidating, Orders.event(7, "{}", 0))).isEqualTo(APPLIED);
    }

    @Test
    void givesEachEventOfAWaveItsOwnOutcome() throws Exception {
        server.redis.command("SET", Orders.key("foreign"), "text");
        fill(5);

        List<Outcome> outcomes = invalidating.handle(List.of(
                Orders.changed("a", 1),
                Orders.changed("foreign", 1),
                Orders.event("b", "no JSON", 100),
                Orders.changed(7, 5),
                Orders.changed("c", 1)));

        assertThat(outcomes.get(0)).isEqualTo(APPLIED);
        assertThat(failure(outcomes.get(1))).isEqualTo(Failure.SINK_REFUSED);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(failure(outcomes.get(2))).isEqualTo(Failure.UNPROCESSABLE_EVENT);
        assertThat(outcomes.get(3)).isEqualTo(DUPLICATE);
        assertThat(outcomes.get(4)).isEqualTo(APPLIED);
        assertThat(server.redis.command("GET", Orders.key("foreign"))).isEqualTo("text");
        assertThat(server.keys())
                .containsExactlyInAnyOrder(Orders.key("a"), Orders.key("foreign"), Orders.key(7), Orders.key("c"));
    }

    @Test
    void handlesAWaveThatIsLargerThanItsPipeline() throws Exception {
        List<ReceivedEvent> events = java.util.stream.IntStream.range(0, 1234)
                .mapToObj(order -> Orders.changed(order, 1))
                .toList();

        assertThat(invalidating.handle(events)).hasSize(1234).containsOnly(APPLIED);
        assertThat(server.redis.command("DBSIZE")).isEqualTo("1234");
    }

    @Test
    void bringsTheScriptAgainThatRedisHasForgotten() throws Exception {
        List<ReceivedEvent> events = List.of(Orders.changed(1, 1), Orders.changed(2, 1), Orders.changed(3, 1));
        invalidating.handle(events);

        server.redis.command("SCRIPT", "FLUSH");

        assertThat(invalidating.handle(events)).containsOnly(DUPLICATE);
    }

    @Test
    void findsNoWorkInAWaveOfWhichNothingCanBeRead() throws Exception {
        assertThat(failure(
                        invalidating.handle(List.of(Orders.event(7, "[]", 1))).getFirst()))
                .isEqualTo(Failure.UNPROCESSABLE_EVENT);
    }

    private void fill(long version) throws Exception {
        assertThat(reader.fill(7, reader.lookup(7).token(), version, Orders.snapshot(version)))
                .isTrue();
    }

    private static Outcome apply(CacheHandler handler, ReceivedEvent event) throws InterruptedException {
        return handler.handle(List.of(event)).getFirst();
    }

    private static Failure failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Retry retry -> retry.failure();
            case Outcome.DeadLetter letter -> letter.failure();
            default -> throw new AssertionError(outcome);
        };
    }
}
