package io.walpost.bench.orders;

/** What becomes of a delivery. */
public enum Fate {
    APPLIED,
    DUPLICATE,
    IGNORED,
    DEAD_LETTER,
    /** It waits behind a dead letter. */
    PARKED
}
