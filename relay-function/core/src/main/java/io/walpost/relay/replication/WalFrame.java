package io.walpost.relay.replication;

/** What the server sends on a replication connection. LSNs are unsigned. */
public sealed interface WalFrame {

    /**
     * One logical replication message.
     *
     * @param lsn where in the log it comes from; 0 for a message that has no place of its own, such as a Relation
     * @param buffer holds the message; owned by the receiver
     * @param offset where the message begins in the buffer
     * @param length how many bytes it has
     */
    record XLogData(long lsn, byte[] buffer, int offset, int length) implements WalFrame {}

    /**
     * The server is alive, and has sent everything before a position that concerns this slot.
     *
     * @param walEnd that position
     * @param replyRequested whether the server wants a status message at once, lest it hang up
     */
    record Keepalive(long walEnd, boolean replyRequested) implements WalFrame {}
}
