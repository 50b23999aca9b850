package io.walpost.search;

/** Something about the index has to be dealt with by a person. The message says what, and what to do. */
public final class IndexException extends Exception {

    public IndexException(String message) {
        super(message);
    }

    IndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
