package io.walpost.consumer.testing;

/** Billing at work under one of its bindings: an instance of it, and what hands it the records of the topic. */
public interface RunningConsumer extends AutoCloseable {

    /** How often it has said so far that something has to wait: for the sink, or for the store of dead letters. */
    double waits() throws Exception;

    /** Ends the instance as {@code kill -9} does. */
    void kill() throws Exception;

    /** Ends it, whatever it is doing. */
    @Override
    void close() throws Exception;
}
