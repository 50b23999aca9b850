package io.walpost.relay.capture;

/** Takes what is captured, in order. */
@FunctionalInterface
public interface CaptureSink {

    void accept(Captured captured);
}
