package io.walpost.consumer.runtime;

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
 * The records that are being worked on, which hold up all behind them. Elapsed time, not the clock's, which may be set.
 */
@Singleton
class RecordsInWork implements ConsumerListener {

    private static final Comparator<Head> OLDEST_FIRST =
            Comparator.comparing(Head::began, (a, b) -> Long.signum(a - b));

    private static final Comparator<Head> REFUSED_THEN_HELD_FIRST = Comparator.<Head>comparingInt(
                    head -> head.hold().isEmpty() ? 2 : head.hold().get().deadLetterRefused() ? 0 : 1)
            .thenComparing(OLDEST_FIRST);

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
     * @param deadLetterRefused true if it is to be put aside, and the store does not take it
     */
    record Hold(String cause, String hint, boolean deadLetterRefused) {}

    /** The one that has been worked on for the longest time. */
    Optional<Head> oldest() {
        return heads.values().stream().min(OLDEST_FIRST);
    }

    /** The one that explains best why the others of its batch wait. */
    Optional<Head> culprit() {
        return heads.values().stream().min(REFUSED_THEN_HELD_FIRST);
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

    /** Done with before the others of its batch: no longer to be blamed. */
    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {
        event.ifPresent(done -> heads.remove(done.coordinates()));
    }

    @Override
    public void left(RecordCoordinates record) {
        heads.remove(record);
    }

    private void hold(RecordCoordinates record, Hold hold) {
        heads.computeIfPresent(record, (place, head) -> head.heldBy(hold));
    }
}
