package io.walpost.outbox.runtime;

/** The trace that the calling thread is in. */
public interface TraceContext {

    /** The text of {@code tracingspancontext}: lines of {@code name=value}; null if there is no trace. */
    String current();
}
