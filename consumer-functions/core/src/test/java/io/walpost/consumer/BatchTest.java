package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of several records at once: the order of each key, and that no record suffers from another key's. */
@Timeout(30)
class BatchTest {

    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(8), 3, Duration.ofMinutes(1));
    private static final Outcome APPLIED = new Outcome.Applied();

    private final RecordingListener listener = new RecordingListener();
    private final FaultyDeadLetters letters = new FaultyDeadLetters();
    private final ManualClock clock = new ManualClock();
    private final Shutdown shutdown = new Shutdown();

    /** The offsets that were applied, in order, by key; and the waves. */
    private final Map<String, List<Long>> applied = new TreeMap<>();

    private final List<List<ReceivedEvent>> waves = new ArrayList<>();

    @AfterEach
    void handsOverNoKeyTwiceInAWaveAndLeavesNothingInWork() {
        for (List<ReceivedEvent> wave : waves) {
            assertThat(wave).extracting(ReceivedEvent::aggregateId).doesNotHaveDuplicates();
        }
        assertThat(listener.inWork).isEmpty();
    }

    @Test
    void keepsTheOrderOfEachKeyAndTakesManyKeysAtOnce() {
        assertThat(consume(this::apply, batch("a b a c b a"))).allMatch(APPLIED::equals);

        assertThat(applied).isEqualTo(Map.of("a", List.of(0L, 2L, 5L), "b", List.of(1L, 4L), "c", List.of(3L)));
        assertThat(waves).hasSize(3);
        assertThat(waves.getFirst()).hasSize(3);
    }

    @Test
    void parksWhatComesBehindADeadLetterAndLetsOthersPass() {
        letters.keepOrder();

        List<Outcome> outcomes = consume(poisoned(2), batch("a b a c b a"));

        assertThat(outcomes.get(2)).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(outcomes.get(5)).isEqualTo(new Outcome.Parked());
        assertThat(applied).isEqualTo(Map.of("a", List.of(0L), "b", List.of(1L, 4L), "c", List.of(3L)));
        assertThat(offsetsOfLetters()).containsExactly(2L, 5L);

        assertThat(consume(this::apply, List.of(Records.event("b", 6), Records.event("a", 7))))
                .as("also of the next batch")
                .containsExactly(APPLIED, new Outcome.Parked());
        assertThat(offsetsOfLetters()).containsExactly(2L, 5L, 7L);
        assertThat(listener.outcomes).as("each once").hasSize(8);
    }

    @Test
    void skipsOnlyTheDeadLetterIfItsStoreKeepsNoOrder() {
        List<Outcome> outcomes = consume(poisoned(2), batch("a b a c b a"));

        assertThat(outcomes.get(2)).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(applied).isEqualTo(Map.of("a", List.of(0L, 5L), "b", List.of(1L, 4L), "c", List.of(3L)));
        assertThat(offsetsOfLetters()).containsExactly(2L);
    }

    @Test
    void parksBehindARecordThatIsNoEvent() {
        letters.keepOrder();

        assertThat(consume(
                        this::apply, List.of(Records.event("a", 0), Records.malformed("a", 1), Records.event("a", 2))))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(APPLIED),
                        second -> assertThat(second).isInstanceOf(Outcome.DeadLetter.class),
                        third -> assertThat(third).isEqualTo(new Outcome.Parked()));
        assertThat(offsetsOfLetters()).containsExactly(1L, 2L);
    }

    @Test
    void parksNothingBehindARecordWithoutAKey() {
        letters.keepOrder();

        assertThat(consume(this::apply, List.of(Records.withoutKey(0), Records.withoutKey(1), Records.event("a", 2))))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Outcome.DeadLetter.class),
                        second -> assertThat(second).isInstanceOf(Outcome.DeadLetter.class),
                        third -> assertThat(third).isEqualTo(APPLIED));
    }

    @Test
    void handlesWhatWouldHaveBeenParkedIfTheKeyIsFreedInBetween() {
        letters.keepOrder();
        EventHandler handler = event -> {
            if (event.coordinates().offset() == 1) {
                // A replay is done with the letters of a after the batch has found it parked.
                letters.free();
            }
            return apply(event);
        };
        consume(poisoned(0), batch("a"));

        assertThat(consume(handler, List.of(Records.event("b", 1), Records.event("b", 2), Records.event("a", 3))))
                .as("found out only when it was about to be parked")
                .containsExactly(APPLIED, APPLIED, new Outcome.Parked());
        letters.free();
        assertThat(consume(handler, List.of(Records.event("a", 4)))).containsExactly(APPLIED);
    }

    @Test
    void settlesTheOthersOfAWaveInWhichOneIsPoisonous() {
        BatchHandler allOrNothing = events -> {
            waves.add(events);
            if (events.stream().anyMatch(at(3))) {
                throw new UnprocessableEventException("no such order");
            }
            events.forEach(this::note);
            return events.stream().map(event -> APPLIED).toList();
        };

        List<Outcome> outcomes = consumeWith(allOrNothing, batch("a b c d e f"));

        assertThat(outcomes.get(3)).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(applied.keySet()).containsExactly("a", "b", "c", "e", "f");
        assertThat(applied.values()).allMatch(offsets -> offsets.size() == 1);
        assertThat(waves).as("at once, then one by one").hasSize(7);
    }

    @Test
    void triesOnlyWhatAWaveLeftOpen() {
        BatchHandler bulk = events -> {
            waves.add(events);
            return events.stream()
                    .map(event -> at(1).test(event) && waves.size() < 5
                            ? new Outcome.Retry(new Exception(), Failure.SINK_OVERLOADED)
                            : apply(event))
                    .toList();
        };

        assertThat(consumeWith(bulk, batch("a b c b"))).allMatch(APPLIED::equals);
        assertThat(applied).isEqualTo(Map.of("a", List.of(0L), "b", List.of(1L, 3L), "c", List.of(2L)));
    }

    @Test
    void givesUpOnlyTheEventThatItDoesNotUnderstand() {
        List<Outcome> outcomes = consume(
                event -> {
                    if (at(1).test(event)) {
                        throw new StackOverflowError();
                    }
                    return apply(event);
                },
                batch("a b c"));

        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.DeadLetter.class, dead -> assertThat(dead.failure())
                .isEqualTo(Failure.UNKNOWN));
        assertThat(outcomes.get(0)).isEqualTo(APPLIED);
        assertThat(outcomes.get(2)).isEqualTo(APPLIED);
    }

    @Test
    void waitsForASinkThatIsAwayForLongerThanAnyRetryTakes() {
        int[] attempts = {0};
        BatchHandler sink = events -> {
            if (attempts[0]++ < 1000) {
                throw new SinkException(Failure.SINK_UNREACHABLE, "cache: connection refused", null);
            }
            return Batches.of(this::apply).handle(events);
        };

        assertThat(consumeWith(sink, batch("a b a"))).allMatch(APPLIED::equals);
        assertThat(Duration.between(new ManualClock().instant(), clock.instant()))
                .isGreaterThan(Duration.ofHours(1));
        assertThat(letters.stored).isEmpty();
    }

    @Test
    void leavesWhatIsNotDoneWhenThePatienceEndsAndAllBehindIt() {
        BatchHandler sink = events -> {
            if (events.stream().anyMatch(at(2))) {
                shutdown.begin();
                throw new SinkException(Failure.SINK_UNREACHABLE, "away", null);
            }
            return Batches.of(this::apply).handle(events);
        };

        List<Outcome> outcomes =
                new RecordConsumer(sink, letters, POLICY, listener, clock).consume(batch("a b a b a c"), shutdown);

        assertThat(outcomes.subList(0, 2)).allMatch(APPLIED::equals);
        assertThat(outcomes.subList(2, 5)).allMatch(Outcome.Retry.class::isInstance);
        assertThat(outcomes.get(5)).as("was in the first wave").isEqualTo(APPLIED);
        assertThat(letters.stored).isEmpty();
        assertThat(listener.outcomes).hasSize(3);
    }

    @Test
    void takesAHandlerForBrokenThatLeavesEventsOut() {
        for (BatchHandler broken : List.<BatchHandler>of(
                events -> List.of(),
                events -> new ArrayList<>(Collections.nCopies(events.size(), null)),
                events -> Collections.nCopies(events.size() + 1, APPLIED))) {
            letters.stored.clear();
            assertThat(consumeWith(broken, batch("a b"))).allMatch(Outcome.DeadLetter.class::isInstance);
            assertThat(letters.stored).hasSize(2);
        }
    }

    @Test
    void survivesAHandlerThatHasNoMemory() {
        int[] attempts = {0};
        BatchHandler handler = events -> {
            if (attempts[0]++ < 10) {
                throw new OutOfMemoryError();
            }
            return Batches.of(this::apply).handle(events);
        };

        assertThat(consumeWith(handler, batch("a b a"))).allMatch(APPLIED::equals);
        assertThat(applied).isEqualTo(Map.of("a", List.of(0L, 2L), "b", List.of(1L)));
    }

    @Test
    void handsOverOneEventThatComesUnderTwoKeysUnderBoth() {
        UUID id = UUID.randomUUID();
        assertThat(consume(this::apply, List.of(Records.event("a", 0, id), Records.event("b", 1, id))))
                .hasSize(2);
        assertThat(new HashSet<>(waves.getFirst())).hasSize(2);
    }

    private EventHandler poisoned(long offset) {
        return event -> {
            if (at(offset).test(event)) {
                throw new UnprocessableEventException("no such order");
            }
            return apply(event);
        };
    }

    private static Predicate<ReceivedEvent> at(long offset) {
        return event -> event.coordinates().offset() == offset;
    }

    private Outcome apply(ReceivedEvent event) {
        note(event);
        return APPLIED;
    }

    private void note(ReceivedEvent event) {
        applied.computeIfAbsent(event.aggregateId(), key -> new ArrayList<>())
                .add(event.coordinates().offset());
    }

    private List<Long> offsetsOfLetters() {
        return letters.stored.stream()
                .map(record -> record.coordinates().offset())
                .toList();
    }

    /** Of the keys that are named, with ascending offsets. */
    private static List<IncomingRecord> batch(String keys) {
        List<IncomingRecord> records = new ArrayList<>();
        for (String key : keys.split(" ")) {
            records.add(Records.event(key, records.size()));
        }
        return records;
    }

    /** A sink that takes each event of a wave for itself. */
    private List<Outcome> consume(EventHandler handler, List<IncomingRecord> records) {
        BatchHandler bulk = events -> {
            waves.add(events);
            List<Outcome> outcomes = new ArrayList<>();
            for (ReceivedEvent event : events) {
                outcomes.add(outcome(handler, event));
            }
            return outcomes;
        };
        return consumeWith(bulk, records);
    }

    private static Outcome outcome(EventHandler handler, ReceivedEvent event) {
        try {
            return handler.handle(event);
        } catch (Throwable e) {
            return Outcome.failed(e);
        }
    }

    private List<Outcome> consumeWith(BatchHandler handler, List<IncomingRecord> records) {
        return new RecordConsumer(handler, letters, POLICY, listener, clock).consume(records, clock.patience());
    }
}
