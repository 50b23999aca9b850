package io.walpost.relay.failure;

/** A failure of the relay with its kind. The text names slot, LSN and event id where known, and never a payload. */
public sealed class RelayException extends Exception permits PoisonException {

    private final FailureKind kind;
    private final String hint;

    public RelayException(FailureKind kind, String message) {
        this(kind, message, null);
    }

    /** @param cause may be null */
    public RelayException(FailureKind kind, String message, Throwable cause) {
        this(kind, message, cause, kind.hint());
    }

    /** @param hint what the operator can do, where that can be said better than for the kind as a whole */
    public RelayException(FailureKind kind, String message, Throwable cause, String hint) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    public FailureKind kind() {
        return kind;
    }

    /** One sentence for the operator. */
    public String hint() {
        return hint;
    }
}
