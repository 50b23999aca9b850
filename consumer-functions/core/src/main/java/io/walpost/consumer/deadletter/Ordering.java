package io.walpost.consumer.deadletter;

/** What becomes of later records of a key once one of them is a dead letter. */
public enum Ordering {
    /** They are parked behind it, in their order, until its letters are resolved. */
    PARK,
    /** They are processed, each judged for itself. */
    SKIP
}
