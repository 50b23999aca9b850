package io.walpost.consumer;

import java.util.Objects;

/** A dead letter was not stored. The message says what happened and quotes nothing of the record. */
public class DeadLetterException extends Exception {

    private final String hint;

    /** @param hint what an operator can do about it */
    public DeadLetterException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    /** What an operator can do about it. */
    public String hint() {
        return hint;
    }
}
