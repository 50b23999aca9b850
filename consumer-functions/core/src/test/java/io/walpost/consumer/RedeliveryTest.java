package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that a binding hands over again and again, since each time there is time for one attempt only. */
@Timeout(30)
class RedeliveryTest {

    private static final int ATTEMPTS = 3;
    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), ATTEMPTS, Duration.ofMinutes(10));
    private static final Outcome APPLIED = new Outcome.Applied();

    private final ManualClock clock = new ManualClock();
    private final FaultyDeadLetters letters = new FaultyDeadLetters();
    private final List<Long> attempts = new ArrayList<>();
    private boolean isOver;

    @Test
    void countsTheAttemptsOfAllDeliveries() {
        RecordConsumer consumer = consumer(POLICY, this::fail);
        IncomingRecord record = Records.event("a", 1);

        assertThat(deliver(consumer, record)).isInstanceOf(Outcome.Retry.class);
        assertThat(deliver(consumer, Records.event("b", 2))).isInstanceOf(Outcome.Retry.class);
        assertThat(deliver(consumer, record)).isInstanceOf(Outcome.Retry.class);
        assertThat(deliver(consumer, record))
                .isInstanceOfSatisfying(Outcome.DeadLetter.class, dead -> assertThat(dead.failure())
                        .isEqualTo(Failure.UNKNOWN));
        assertThat(letters.stored).containsExactly(record);

        assertThat(deliver(consumer, record)).as("done with, and so forgotten").isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void countsTheTimeOfAllDeliveries() {
        RecordConsumer consumer = consumer(
                new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1000, Duration.ofMinutes(10)), this::fail);
        IncomingRecord record = Records.event("a", 1);

        Outcome outcome = deliver(consumer, record);
        while (outcome instanceof Outcome.Retry && attempts.size() < 100) {
            pass(Duration.ofMinutes(1));
            outcome = deliver(consumer, record);
        }

        assertThat(outcome).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(attempts).hasSize(11);
    }

    @Test
    void doesNotCountTheTimeOfAnOutageBetweenDeliveries() {
        RetryPolicy patient = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1000, Duration.ofMinutes(10));
        RecordConsumer consumer = consumer(patient, event -> {
            attempts.add(event.coordinates().offset());
            isOver = true;
            if (attempts.size() == 2) {
                throw new SQLException("refused", "08001");
            }
            throw new IllegalStateException();
        });
        IncomingRecord record = Records.event("a", 1);

        for (int delivery = 0; delivery < 3; delivery++) {
            assertThat(deliver(consumer, record)).isInstanceOf(Outcome.Retry.class);
            pass(Duration.ofMinutes(9));
        }
    }

    @Test
    void givesAnotherRecordInTheSamePlaceItsOwnAttempts() {
        RecordConsumer consumer = consumer(POLICY, this::fail);
        deliver(consumer, Records.event("a", 1));
        deliver(consumer, Records.event("a", 1));

        assertThat(deliver(consumer, Records.event("a", 1, UUID.randomUUID()))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void forgetsARecordThatNobodyHasDeliveredForAnHour() {
        RecordConsumer consumer = consumer(POLICY, this::fail);
        deliver(consumer, Records.event("a", 1));
        deliver(consumer, Records.event("a", 1));
        pass(Duration.ofHours(1).plus(POLICY.maxDelay()));

        assertThat(deliver(consumer, Records.event("a", 1))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void remembersAThousandRecordsAndNoMore() {
        RecordConsumer consumer = consumer(POLICY, this::fail);
        for (int delivery = 1; delivery < ATTEMPTS; delivery++) {
            for (int offset = 0; offset < 1001; offset++) {
                deliver(consumer, Records.event("a", offset));
            }
        }

        assertThat(deliver(consumer, Records.event("a", 1000)))
                .as("displaced before its turn came again, like all of them")
                .isInstanceOf(Outcome.Retry.class);
        assertThat(deliver(consumer, Records.event("a", 1000)))
                .as("remembered since")
                .isInstanceOf(Outcome.DeadLetter.class);
    }

    @Test
    void doesNotTryAgainBecauseTheDeadLetterWasRefused() {
        RecordConsumer consumer = consumer(POLICY, this::fail);
        IncomingRecord record = Records.event("b", 1);
        for (int delivery = 1; delivery < ATTEMPTS; delivery++) {
            deliver(consumer, record);
        }
        letters.refuseOnlyToPut(1);

        assertThat(deliver(consumer, record)).isInstanceOf(Outcome.Retry.class);
        assertThat(deliver(consumer, record)).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(attempts).hasSize(ATTEMPTS);
    }

    @Test
    void putsAsideWhatIsRefusedTooLateForThat() {
        RecordConsumer consumer = consumer(POLICY, event -> {
            attempts.add(event.coordinates().offset());
            isOver = true;
            throw new UnprocessableEventException("no such order");
        });
        IncomingRecord record = Records.event("a", 1);

        assertThat(deliver(consumer, record)).isInstanceOf(Outcome.Retry.class);
        assertThat(letters.stored).isEmpty();
        assertThat(deliver(consumer, record)).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(letters.stored).containsExactly(record);
        assertThat(attempts).hasSize(1);
    }

    /** All the time that there is goes into one attempt with all of them, and nobody says whose fault it is. */
    @Test
    void comesToTheOthersOfAWaveThatFailsForTooLong() {
        RecordConsumer consumer = new RecordConsumer(
                events -> {
                    if (events.stream().anyMatch(event -> event.coordinates().offset() == 1)) {
                        isOver = true;
                        throw new IllegalStateException();
                    }
                    return events.stream().map(event -> APPLIED).toList();
                },
                letters,
                POLICY,
                ConsumerListener.NONE,
                clock);
        List<IncomingRecord> open = List.of(Records.event("a", 0), Records.event("b", 1), Records.event("c", 2));

        int deliveries = 0;
        while (!open.isEmpty() && deliveries++ < 10) {
            isOver = false;
            List<IncomingRecord> delivered = open;
            List<Outcome> outcomes = consumer.consume(delivered, new Hurried());
            open = delivered.stream()
                    .filter(record -> outcomes.get(delivered.indexOf(record)) instanceof Outcome.Retry)
                    .toList();
        }

        assertThat(open).isEmpty();
        assertThat(deliveries)
                .as("once as a wave, as often as the one may fail, and to put it aside")
                .isEqualTo(1 + ATTEMPTS + 1);
        assertThat(letters.stored)
                .extracting(record -> record.coordinates().offset())
                .containsExactly(1L);
    }

    private Outcome fail(ReceivedEvent event) {
        attempts.add(event.coordinates().offset());
        throw new IllegalStateException();
    }

    private RecordConsumer consumer(RetryPolicy policy, EventHandler handler) {
        return new RecordConsumer(Batches.of(handler), letters, policy, ConsumerListener.NONE, clock);
    }

    private Outcome deliver(RecordConsumer consumer, IncomingRecord record) {
        isOver = false;
        return consumer.consume(List.of(record), new Hurried()).getFirst();
    }

    private void pass(Duration time) {
        clock.patience().endsWithin(time);
    }

    /** Has no time for any wait. */
    private final class Hurried implements Patience {

        @Override
        public boolean isOver() {
            return isOver;
        }

        @Override
        public boolean endsWithin(Duration delay) {
            return true;
        }
    }
}
