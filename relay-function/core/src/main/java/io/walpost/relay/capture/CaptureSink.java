package io.walpost.relay.capture;

import io.walpost.relay.failure.RelayException;

/** Takes what is captured, in order. */
@FunctionalInterface
public interface CaptureSink {

    /** @throws RelayException if it can make nothing of it; the stream is of no use afterwards */
    void accept(Captured captured) throws RelayException;
}
