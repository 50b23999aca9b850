package io.walpost.relay.publish;

import io.walpost.relay.failure.RelayException;

/** Hears what became of accepted events. Called from any thread, in any order, once an event; must not block. */
public interface Acknowledgements {

    /** The event is durable: all in-sync replicas have it. */
    void acknowledged(long sequence);

    /** The event will not become durable through this publisher. */
    void failed(long sequence, RelayException cause);
}
