package io.walpost.relay.service;

import io.walpost.relay.RelayMetrics;
import io.walpost.relay.runtime.Settings;
import java.util.concurrent.CompletableFuture;

/** What a process is there for while it serves health and metrics. */
public interface Occupation {

    Settings settings();

    /** Of the relay, if one streams; otherwise of none. */
    RelayMetrics metrics();

    /** Whether a relay reads the slot all the time, so that its health is the process's. */
    boolean isStreaming();

    /** Completes with the exit code of what ended though nobody asked for it. */
    CompletableFuture<Integer> end();

    /** Asks for the end, and waits for it. */
    void stop() throws InterruptedException;
}
