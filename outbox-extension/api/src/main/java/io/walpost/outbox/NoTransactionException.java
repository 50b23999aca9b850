package io.walpost.outbox;

/** An event was published while no database transaction was active on the calling thread. Nothing was written. */
public final class NoTransactionException extends IllegalStateException {

    /** @param message what was published, and how to give it a transaction; never its payload or aggregate id */
    public NoTransactionException(String message) {
        super(message);
    }
}
