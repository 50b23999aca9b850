package io.walpost.consumer.deadletter;

import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordSummary;
import java.time.Instant;
import java.util.Optional;

/**
 * A letter without its content.
 *
 * @param id in the table
 * @param consumer whose letter it is
 * @param place where its record lies in Kafka, or lay
 * @param key the record's key; null if it has none
 * @param event what its record says of itself
 * @param failure the label of the kind of failure, {@code parked} if it only waits behind an earlier letter
 * @param hint what an operator can do
 * @param errorClass the class of the exception
 * @param failedAt when it was put aside
 * @param retryCount how often it was replayed
 * @param lastRetryAt when that was the last time
 * @param end how and when it was resolved; empty while it is not
 */
public record LetterSummary(
        long id,
        String consumer,
        RecordCoordinates place,
        byte[] key,
        RecordSummary event,
        String failure,
        String hint,
        String errorClass,
        Instant failedAt,
        int retryCount,
        Optional<Instant> lastRetryAt,
        Optional<End> end) {

    /**
     * How a letter was resolved.
     *
     * @param reason what the person said who did it; empty after a replay
     */
    public record End(Instant at, Resolution resolution, Optional<String> reason) {}

    /** Leaves out the key, so that a letter can be logged. */
    @Override
    public String toString() {
        return "Letter[" + id + " " + failure + " at " + place + "]";
    }
}
