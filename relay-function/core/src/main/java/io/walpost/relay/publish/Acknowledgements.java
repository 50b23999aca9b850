package io.walpost.relay.publish;

import io.walpost.relay.failure.RelayException;

/** Hears what became of accepted events. Called from any thread, in any order, once an event; must not block. */
public interface Acknowledgements {

    /** Stands for the sequence where no event is the cause. */
    long NO_EVENT = -1;

    /** The event is durable: all in-sync replicas have it. */
    void acknowledged(long sequence);

    /**
     * The event will not become durable through this publisher.
     *
     * @param sequence {@link #NO_EVENT} if the publisher itself failed, and nothing will become durable through it
     */
    void failed(long sequence, RelayException cause);
}
