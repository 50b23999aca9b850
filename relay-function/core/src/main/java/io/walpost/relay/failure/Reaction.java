package io.walpost.relay.failure;

/** What the relay does about a failure. It never skips an event. */
public enum Reaction {
    /** Start again from what is acknowledged, after a pause that grows. */
    RETRY,
    /** Stop, because only a person can mend it; the process ends with an exit code other than 0. */
    STOP
}
