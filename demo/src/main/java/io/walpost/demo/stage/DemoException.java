package io.walpost.demo.stage;

/** The demo cannot go on. The message says in a sentence or two why, and what to do. */
public final class DemoException extends RuntimeException {

    public DemoException(String message) {
        super(message);
    }

    public DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
