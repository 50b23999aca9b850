package io.walpost.relay.faults;

/** Changes what a server sends, in place. */
@FunctionalInterface
interface Tamper {

    Tamper NONE = (piece, length) -> {};

    /** Called with each piece as it comes, from the thread of its connection. */
    void apply(byte[] piece, int length);
}
