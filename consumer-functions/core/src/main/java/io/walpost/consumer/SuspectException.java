package io.walpost.consumer;

import java.util.Objects;

/** A batch failed at one of its events, so that the others may well succeed without it. */
final class SuspectException extends Exception {

    private final ReceivedEvent suspect;

    SuspectException(ReceivedEvent suspect, Throwable cause) {
        super("At " + suspect, cause);
        this.suspect = Objects.requireNonNull(suspect, "suspect");
    }

    ReceivedEvent suspect() {
        return suspect;
    }
}
