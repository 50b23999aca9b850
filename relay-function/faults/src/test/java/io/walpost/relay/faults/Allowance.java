package io.walpost.relay.faults;

/** How many events a fault may make come twice. */
enum Allowance {
    /** The relay lives, or ends in good order: it knows what it has published. */
    NOTHING,

    /** The relay is killed: what was published and not confirmed, which its window bounds. */
    WINDOW,

    /**
     * The server goes back to the slot's position that it had saved, and the relay that knew better is gone: what was
     * published since that position.
     */
    SLOT_WENT_BACK
}
