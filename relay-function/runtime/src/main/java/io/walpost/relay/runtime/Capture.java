package io.walpost.relay.runtime;

/** Where events come from. */
enum Capture {
    TABLE,
    MESSAGE,
    BOTH;

    boolean hasTables() {
        return this != MESSAGE;
    }

    boolean hasMessages() {
        return this != TABLE;
    }
}
