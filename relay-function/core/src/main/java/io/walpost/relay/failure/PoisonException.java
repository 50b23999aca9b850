package io.walpost.relay.failure;

import io.walpost.relay.checkpoint.EventPosition;

/** One event that cannot be published as it is, and which. */
public final class PoisonException extends RelayException {

    private final transient Poison poison;

    /** @param cause may be null */
    public PoisonException(Poison poison, String message, Throwable cause) {
        super(poison.kind().failure(), message, cause, poison.kind().hint());
        this.poison = poison;
    }

    public Poison poison() {
        return poison;
    }

    /**
     * An event and what is wrong with it.
     *
     * @param eventId its place in the log if the event has none
     * @param topic where it was to go
     * @param reason in words, without the event's content
     */
    public record Poison(PoisonKind kind, String eventId, String topic, EventPosition position, String reason) {}
}
