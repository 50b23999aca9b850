package io.walpost.billing;

import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The records that are being worked on: each is the head of its partition, and holds up all behind it. Elapsed time, not
 * the clock's, which may be set.
 */
@Singleton
class RecordsInWork implements ConsumerListener {

    private final Map<RecordCoordinates, Head> heads = new ConcurrentHashMap<>();

    /**
     * A record that is being worked on.
     *
     * @param began as {@link System#nanoTime} gave it
     * @param hold what keeps it from being done with; empty while no attempt has failed
     */
    record Head(RecordCoordinates record, long began, Optional<Hold> hold) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        private Head heldBy(Hold newHold) {
            return new Head(record, began, Optional.of(newHold));
        }
    }

    /**
     * Why a record is not done with.
     *
     * @param deadLetterRefused true if it is to be put aside, and Kafka does not take it
     */
    record Hold(String cause, String hint, boolean deadLetterRefused) {}

    /** The one that has been worked on for the longest time. */
    Optional<Head> oldest() {
        return heads.values().stream().max(Comparator.comparing(Head::age));
    }

    @Override
    public void began(RecordCoordinates record) {
        heads.put(record, new Head(record, System.nanoTime(), Optional.empty()));
    }

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        hold(
                event.coordinates(),
                new Hold(retry.failure().label(), retry.failure().hint(), false));
    }

    @Override
    public void refused(RecordCoordinates record, DeadLetterException refusal) {
        hold(record, new Hold("dead letter refused: " + refusal.getMessage(), refusal.hint(), true));
    }

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {}

    @Override
    public void left(RecordCoordinates record) {
        heads.remove(record);
    }

    private void hold(RecordCoordinates record, Hold hold) {
        heads.computeIfPresent(record, (place, head) -> head.heldBy(hold));
    }
}
