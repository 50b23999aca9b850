package io.walpost.consumer;

import java.util.Objects;

/** A batch failed at one of its events, so that the others may well succeed without it. */
final class SuspectException extends Exception {

    private final ReceivedEvent suspect;

    SuspectException(ReceivedEvent suspect, Throwable cause) {
        super("At " + suspect, cause);
        this.suspect = Objects.requireNonNull(suspect, "suspect");
    }

    /** What the event failed with, or the exception itself if it is about no single event. */
    static Throwable unwrap(Throwable thrown) {
        return thrown instanceof SuspectException at ? at.getCause() : thrown;
    }

    ReceivedEvent suspect() {
        return suspect;
    }
}
