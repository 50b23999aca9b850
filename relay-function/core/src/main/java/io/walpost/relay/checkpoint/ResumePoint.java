package io.walpost.relay.checkpoint;

/**
 * How far this process has come in one history of the database.
 *
 * <p>PostgreSQL saves a slot's position only at checkpoints, so after a crash of the server the slot may return to an
 * earlier one, and its manual ("Logical Decoding Concepts") suggests that a client asks for the position that it
 * remembers. That is right only within one history: on a promoted standby that lacked some of the old primary's log,
 * the remembered position could lie beyond changes that were never sent.
 *
 * @param flushed the last position of which all is acknowledged; 0 for none
 * @param published the last event before which, itself included, all are acknowledged; may lie beyond {@code flushed},
 *     within a transaction
 */
public record ResumePoint(WalHistory history, long flushed, EventPosition published) {

    private static final ResumePoint NONE = new ResumePoint(WalHistory.UNKNOWN, 0, EventPosition.NONE);

    /** Leaves the choice to the slot. */
    public static ResumePoint none() {
        return NONE;
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** This point in its own history, none in any other. */
    public ResumePoint in(WalHistory current) {
        return history.equals(current) ? this : NONE;
    }

    /** Whether this is some progress: a later event or position, or anything in another history. */
    public boolean isBeyond(ResumePoint earlier) {
        return !history.equals(earlier.history)
                || Long.compareUnsigned(flushed, earlier.flushed) > 0
                || !earlier.published.covers(published.commitLsn(), published.order());
    }
}
