package io.walpost.relay;

import java.util.Locale;

/** What the relay is doing. */
public enum RelayState {
    /** Opening a stream, for the first time or anew. */
    CONNECTING,
    /** Reading the slot and publishing. */
    STREAMING,
    /** Connected to both sides, but nothing moves: Kafka acknowledges nothing, or an event cannot be published. */
    STALLED,
    /** Waiting for a slot that another relay holds. */
    STANDING_BY,
    /** Pausing after a failure. */
    BACKING_OFF,
    /** Ended because it was asked to. */
    STOPPED,
    /** Ended because of a failure that only a person can mend. */
    FAILED;

    /** The name in metrics and health: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
