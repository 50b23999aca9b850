package io.walpost.consumer;

/**
 * The event was read, but it cannot be processed, however often it is tried: it goes to the dead-letter queue.
 *
 * <p>The message ends up in logs and in the headers of the dead letter. It says what is wrong, and quotes nothing of the
 * payload.
 */
public class UnprocessableEventException extends Exception {

    public UnprocessableEventException(String message) {
        super(message);
    }
}
