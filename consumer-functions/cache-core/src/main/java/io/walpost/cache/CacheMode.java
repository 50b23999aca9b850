package io.walpost.cache;

/** What an event does to an entry that has a value. */
public enum CacheMode {
    /** Takes the value away; the next reader fetches it from the database. */
    INVALIDATE,
    /** Replaces the value by the event's snapshot; takes it away if the event has none. */
    REFRESH
}
