package io.walpost.consumer.runtime;

/** A number that has to be asked for, so that whoever reads the metrics does not wait for the answer. */
public interface Measurement {

    /** Asks, by a thread that does nothing else, and again some seconds after it returned. Throws nothing that passes. */
    void measure();
}
