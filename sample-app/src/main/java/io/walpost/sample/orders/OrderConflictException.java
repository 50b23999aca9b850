package io.walpost.sample.orders;

/** The order is in a state that does not allow the change. Nothing was changed. */
public final class OrderConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    OrderConflictException(String error, String message) {
        super(message);
        this.error = error;
    }

    /** A name for the conflict, for a program to read. */
    public String error() {
        return error;
    }
}
