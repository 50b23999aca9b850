package io.walpost.relay.checkpoint;

/**
 * How far this process has come in one history of the database.
 *
 * <p>PostgreSQL saves a slot's position only at checkpoints, so after a crash of the server the slot may return to an
 * earlier one, and its manual ("Logical Decoding Concepts") suggests that a client asks for the position that it
 * remembers. That is right only within one history: on a promoted standby that lacked some of the old primary's log,
 * the remembered position could lie beyond changes that were never sent. There it is worth as much as the log that both
 * servers share.
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

    /** What this point is worth in another history: all that lies in the log which both have in common. */
    public ResumePoint in(WalHistory current) {
        long common = current.commonWith(history);
        return new ResumePoint(
                current,
                Long.compareUnsigned(flushed, common) < 0 ? flushed : common,
                current.translate(published, history));
    }

    /** Whether this is some progress: a later event or position, or anything on another timeline. */
    public boolean isBeyond(ResumePoint earlier) {
        return !history.systemId().equals(earlier.history.systemId())
                || history.timeline() != earlier.history.timeline()
                || Long.compareUnsigned(flushed, earlier.flushed) > 0
                || !earlier.published.covers(published.commitLsn(), published.order());
    }
}
