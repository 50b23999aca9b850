package io.walpost.outbox.deployment;

/** A mistake in a class marked {@link io.walpost.outbox.AggregateEvent}; its message says what to write instead. */
final class InvalidAggregateEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidAggregateEventException(String message) {
        super(message);
    }
}
