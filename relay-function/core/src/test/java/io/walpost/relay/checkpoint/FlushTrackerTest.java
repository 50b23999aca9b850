package io.walpost.relay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlushTrackerTest {

    private static final Instant THEN = Instant.parse("2026-11-20T00:00:00Z");

    private final FlushTracker tracker = new FlushTracker(8, 1_000, 0, EventPosition.NONE);

    private long register(int size) {
        long sequence = tracker.nextSequence();
        tracker.register(size, new EventPosition(1_000 + sequence, 1));
        return sequence;
    }

    @Test
    void confirmsOnlyTheContiguousAcknowledgedPrefix() {
        long first = register(1);
        tracker.transactionEnded(100, THEN);
        long second = register(1);
        long third = register(1);
        tracker.transactionEnded(200, THEN.plusSeconds(1));

        tracker.acknowledge(third);
        tracker.acknowledge(second);
        assertThat(tracker.advance()).isZero();
        assertThat(tracker.confirmable()).isZero();
        assertThat(tracker.oldestCommit()).contains(THEN);

        tracker.acknowledge(first);
        assertThat(tracker.advance()).isEqualTo(3);
        assertThat(tracker.confirmable()).isEqualTo(200);
        assertThat(tracker.oldestCommit()).isEmpty();
    }

    @Test
    void doesNotConfirmATransactionThatGoesOn() {
        tracker.acknowledge(register(1));
        tracker.advance();
        assertThat(tracker.isEmpty()).isTrue();
        assertThat(tracker.confirmable()).isZero();
        tracker.transactionEnded(100, THEN);
        assertThat(tracker.confirmable()).isEqualTo(100);
    }

    @Test
    void confirmsATransactionWithoutEventsOnceAllBeforeItIsAcknowledged() {
        long event = register(1);
        tracker.transactionEnded(100, THEN);
        tracker.transactionEnded(150, THEN);
        assertThat(tracker.confirmable()).isZero();
        tracker.acknowledge(event);
        tracker.advance();
        assertThat(tracker.confirmable()).isEqualTo(150);
    }

    @Test
    void countsEachEventOnceWhateverEndsAroundIt() {
        long counted = 0;
        for (int i = 0; i < 100; i++) {
            tracker.acknowledge(register(1));
            tracker.transactionEnded(i + 1, THEN);
            counted += tracker.advance();
        }
        assertThat(counted).isEqualTo(100);
    }

    @Test
    void advancesWithAKeepaliveOnlyWhenNothingIsInFlight() {
        tracker.idleAt(50);
        assertThat(tracker.confirmable()).isEqualTo(50);
        long event = register(1);
        tracker.idleAt(300);
        assertThat(tracker.confirmable()).isEqualTo(50);
        tracker.transactionEnded(100, THEN);
        tracker.idleAt(300);
        tracker.acknowledge(event);
        tracker.advance();
        assertThat(tracker.confirmable()).isEqualTo(100);
        tracker.idleAt(300);
        assertThat(tracker.confirmable()).isEqualTo(300);
        tracker.idleAt(200);
        assertThat(tracker.confirmable()).isEqualTo(300);
    }

    @Test
    void neverGoesBackBehindItsStart() {
        FlushTracker resumed = new FlushTracker(8, 1_000, 500, new EventPosition(490, 3));
        assertThat(resumed.confirmable()).isEqualTo(500);
        assertThat(resumed.published()).isEqualTo(new EventPosition(490, 3));
        resumed.idleAt(400);
        assertThat(resumed.confirmable()).isEqualTo(500);
    }

    @Test
    void knowsTheLastEventOfTheAcknowledgedPrefix() {
        long first = register(1);
        long second = register(1);
        long third = register(1);
        tracker.acknowledge(third);
        tracker.acknowledge(first);
        tracker.advance();
        assertThat(tracker.published()).isEqualTo(new EventPosition(1_000 + first, 1));
        tracker.acknowledge(second);
        tracker.advance();
        assertThat(tracker.published()).isEqualTo(new EventPosition(1_000 + third, 1));
    }

    @Test
    void keepsOneEntryForAnyNumberOfTransactionsWithoutEvents() {
        long event = register(1);
        tracker.transactionEnded(1, THEN);
        for (int i = 2; i <= 100_000; i++) {
            tracker.transactionEnded(i, THEN.plusSeconds(i));
        }
        assertThat(tracker.ends()).isEqualTo(1);
        assertThat(tracker.oldestCommit()).contains(THEN);
        assertThat(tracker.confirmable()).isZero();
        tracker.acknowledge(event);
        tracker.advance();
        assertThat(tracker.confirmable()).isEqualTo(100_000);
    }

    @Test
    void comparesPositionsUnsigned() {
        tracker.idleAt(Long.MAX_VALUE);
        tracker.idleAt(Long.MIN_VALUE);
        assertThat(tracker.confirmable()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void boundsEventsAndBytes() {
        for (int i = 0; i < 8; i++) {
            assertThat(tracker.hasRoom(1)).isTrue();
            register(1);
        }
        assertThat(tracker.hasRoom(1)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> tracker.register(1, new EventPosition(1, 1)));
        tracker.acknowledge(0);
        tracker.advance();
        assertThat(tracker.hasRoom(993)).isTrue();
        assertThat(tracker.hasRoom(994)).isFalse();
    }

    @Test
    void keepsAnEventInTheWindowUntilItsTransactionIsConfirmed() {
        for (int i = 0; i < 8; i++) {
            tracker.acknowledge(register(1));
            tracker.transactionEnded(i + 1, THEN);
        }
        tracker.advance();
        assertThat(tracker.isEmpty()).isTrue();
        assertThat(tracker.hasRoom(1)).isFalse();
        assertThat(tracker.wantsConfirmation()).isTrue();
        tracker.confirmed();
        assertThat(tracker.hasRoom(1)).isTrue();
        assertThat(tracker.wantsConfirmation()).isFalse();
    }

    @Test
    void wantsConfirmationOnceThatCoversAQuarterOfTheWindow() {
        tracker.acknowledge(register(1));
        tracker.transactionEnded(1, THEN);
        tracker.advance();
        assertThat(tracker.wantsConfirmation()).isFalse();
        tracker.acknowledge(register(1));
        tracker.transactionEnded(2, THEN);
        tracker.advance();
        assertThat(tracker.wantsConfirmation()).isTrue();
    }

    @Test
    void letsATransactionThatIsLargerThanTheWindowPassAlone() {
        tracker.acknowledge(register(1));
        tracker.transactionEnded(1, THEN);
        for (int i = 0; i < 7; i++) {
            tracker.acknowledge(register(1));
        }
        tracker.advance();
        assertThat(tracker.hasRoom(1))
                .as("before the one before it is confirmed")
                .isFalse();
        tracker.confirmed();
        for (int i = 7; i < 100; i++) {
            assertThat(tracker.hasRoom(1)).isTrue();
            tracker.acknowledge(register(1));
            tracker.advance();
        }
        tracker.transactionEnded(2, THEN);
        assertThat(tracker.hasRoom(1)).as("before it is confirmed itself").isFalse();
        tracker.confirmed();
        assertThat(tracker.hasRoom(1)).isTrue();
    }

    @Test
    void letsAnEventThatIsLargerThanTheWindowPassAlone() {
        assertThat(tracker.hasRoom(5_000)).isTrue();
        long large = register(5_000);
        assertThat(tracker.hasRoom(1)).isFalse();
        tracker.acknowledge(large);
        tracker.advance();
        assertThat(tracker.hasRoom(1)).isTrue();
        assertThat(tracker.bytes()).isZero();
    }

    @Test
    void acceptsAnAcknowledgementThatOutrunsItsRegistration() {
        tracker.acknowledge(tracker.nextSequence());
        register(1);
        assertThat(tracker.advance()).isEqualTo(1);
    }

    /** Against a model that is too simple to be wrong: a position is safe if every event up to it is acknowledged. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAModelUnderRandomAcknowledgements(long seed) {
        Random random = new Random(seed);
        List<Long> unacknowledged = new ArrayList<>();
        List<long[]> ends = new ArrayList<>();
        long lsn = 0;
        long confirmed = 0;
        for (int step = 0; step < 5_000; step++) {
            if (random.nextBoolean() && tracker.hasRoom(10)) {
                unacknowledged.add(register(10));
            }
            assertThatAtMostTheWindowOrOneTransactionComesAgain(confirmed, ends);
            if (random.nextInt(4) == 0) {
                lsn += 10;
                ends.add(new long[] {tracker.nextSequence(), lsn});
                tracker.transactionEnded(lsn, THEN);
            }
            Collections.shuffle(unacknowledged, random);
            if (!unacknowledged.isEmpty() && random.nextBoolean()) {
                tracker.acknowledge(unacknowledged.removeLast());
            }
            tracker.advance();
            long firstOpen =
                    unacknowledged.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
            long expected = ends.stream()
                    .filter(end -> end[0] <= firstOpen)
                    .mapToLong(end -> end[1])
                    .max()
                    .orElse(0);
            assertThat(tracker.confirmable()).isEqualTo(expected);
            if (tracker.wantsConfirmation()) {
                tracker.confirmed();
                confirmed = ends.stream()
                        .mapToLong(end -> end[0])
                        .filter(end -> end <= firstOpen)
                        .max()
                        .orElseThrow();
            }
        }
    }

    private void assertThatAtMostTheWindowOrOneTransactionComesAgain(long confirmed, List<long[]> ends) {
        if (tracker.nextSequence() - confirmed > 8) {
            assertThat(ends).noneMatch(end -> confirmed < end[0] && end[0] < tracker.nextSequence());
        }
    }

    @Test
    void takesAcknowledgementsFromAnotherThread() throws Exception {
        int events = 200_000;
        try (var producer = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < events; ) {
                if (tracker.hasRoom(1)) {
                    long sequence = register(1);
                    tracker.transactionEnded(sequence + 1, THEN);
                    producer.execute(() -> tracker.acknowledge(sequence));
                    i++;
                } else {
                    Thread.onSpinWait();
                }
                tracker.advance();
                if (tracker.wantsConfirmation()) {
                    tracker.confirmed();
                }
                assertThat(tracker.confirmable()).isLessThanOrEqualTo(i);
            }
        }
        tracker.advance();
        assertThat(tracker.confirmable()).isEqualTo(events);
    }
}
