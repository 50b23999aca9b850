package io.walpost.consumer.deadletter;

import io.walpost.consumer.IncomingRecord;
import java.util.Optional;

/**
 * A letter with all that is kept of it.
 *
 * @param record the record as it was received
 * @param errorMessage the message of the exception, which may quote the record
 */
public record Letter(LetterSummary summary, IncomingRecord record, Optional<String> errorMessage) {

    /** Leaves out all content, so that a letter can be logged. */
    @Override
    public String toString() {
        return summary.toString();
    }
}
