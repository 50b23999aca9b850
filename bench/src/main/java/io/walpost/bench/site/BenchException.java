package io.walpost.bench.site;

/** The benchmark cannot go on. The message says in a sentence or two why, and what to do. */
public final class BenchException extends RuntimeException {

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
