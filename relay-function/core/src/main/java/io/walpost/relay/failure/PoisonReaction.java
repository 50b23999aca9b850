package io.walpost.relay.failure;

/** What the relay does about an event that cannot be published. */
public enum PoisonReaction {
    /** Wait at the event, and with it everything behind it, until the cause is mended. */
    RETRY,
    /** Put the event among the dead letters and go on; later events of its key may overtake it. */
    DEAD_LETTER,
    /** The same, and the later events of its key follow it there until the key is released. */
    PARK,
    /** End the relay. */
    STOP
}
