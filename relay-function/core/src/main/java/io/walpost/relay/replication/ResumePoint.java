package io.walpost.relay.replication;

/**
 * How far this process has come in one history of the database.
 *
 * <p>PostgreSQL saves a slot's position only at checkpoints, so after a crash of the server the slot may return to an
 * earlier one, and its manual ("Logical Decoding Concepts") suggests that a client asks for the position that it
 * remembers. That is right only within one history: on a promoted standby that lacked some of the old primary's log,
 * the remembered position could lie beyond changes that were never sent.
 *
 * @param flushed the last confirmed position; 0 for none
 */
public record ResumePoint(WalHistory history, long flushed) {

    private static final ResumePoint NONE = new ResumePoint(new WalHistory("", 0), 0);

    /** Leaves the choice to the slot. */
    public static ResumePoint none() {
        return NONE;
    }

    /** Whether this is some progress: a later position, or the first one in another history. */
    public boolean isBeyond(ResumePoint earlier) {
        return history.equals(earlier.history) ? Long.compareUnsigned(flushed, earlier.flushed) > 0 : flushed != 0;
    }

    /** Where to start in a history: 0, which leaves it to the slot, in any but the own one. */
    long startIn(WalHistory current) {
        return history.equals(current) ? flushed : 0;
    }
}
