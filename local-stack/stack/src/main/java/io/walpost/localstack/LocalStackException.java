package io.walpost.localstack;

/** A server cannot do what was asked. The message says in a sentence or two why, and what to do. */
public final class LocalStackException extends RuntimeException {

    LocalStackException(String message) {
        super(message);
    }

    LocalStackException(String message, Throwable cause) {
        super(message, cause);
    }
}
