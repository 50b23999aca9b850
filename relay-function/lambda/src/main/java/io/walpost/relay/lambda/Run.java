package io.walpost.relay.lambda;

import io.walpost.relay.failure.RelayException;
import java.util.Optional;

/** What an invocation does. */
interface Run {

    /**
     * Does it. Called once, by a thread of its own.
     *
     * @throws RelayException what ended it before its time
     */
    void run() throws RelayException, InterruptedException;

    /**
     * How it went, or goes. Called by another thread.
     *
     * @param failure what ended it, if something did
     */
    RunReport report(Optional<RelayException> failure);

    /**
     * Tells it to stop, and sees to it that it publishes nothing once this has returned, whatever its thread is waiting
     * for. Called by another thread, at any time.
     */
    void giveUp();
}
