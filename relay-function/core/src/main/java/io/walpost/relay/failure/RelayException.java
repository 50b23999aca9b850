package io.walpost.relay.failure;

/** A failure of the relay with its kind. The text names slot, LSN and event id where known, and never a payload. */
public final class RelayException extends Exception {

    private final FailureKind kind;

    public RelayException(FailureKind kind, String message) {
        this(kind, message, null);
    }

    /** @param cause may be null */
    public RelayException(FailureKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }
}
