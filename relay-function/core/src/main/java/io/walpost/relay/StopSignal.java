package io.walpost.relay;

import java.time.Duration;

/** Says when a relay is to stop. Asked often and from the relay's thread, so an answer must be cheap. */
public interface StopSignal {

    /** Whether to stop now; once true, always true. */
    boolean requested();

    /** Whether the relay is to stop at a position, and should come to know soon that the server has nothing before it. */
    default boolean awaitsPosition() {
        return false;
    }

    /**
     * Waits until the stop is requested or the time is over.
     *
     * @return {@link #requested()}
     */
    boolean await(Duration time) throws InterruptedException;
}
