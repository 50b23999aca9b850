package io.walpost.consumer;

import java.time.Duration;

/**
 * How long a consumer may wait for something that will pass: until it is shut down, in a service; until shortly before its
 * deadline, in a function. Safe for use by several threads.
 */
public interface Patience {

    /** Whether nothing more is to be begun. */
    boolean isOver();

    /** Waits for so long; true as soon as it is over, or will be before the wait ends, or the thread is interrupted. */
    boolean endsWithin(Duration delay);
}
