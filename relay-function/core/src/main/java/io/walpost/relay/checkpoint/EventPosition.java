package io.walpost.relay.checkpoint;

import io.walpost.outbox.Lsn;

/**
 * Where in the log an event is: later commits have greater LSNs, and within a transaction the order counts. Positions
 * compare only within one history of the database.
 *
 * @param commitLsn unsigned
 * @param order from 1; 0 stands before the first event of the transaction
 */
public record EventPosition(long commitLsn, int order) {

    /** Before every event. */
    public static final EventPosition NONE = new EventPosition(0, 0);

    /** Whether an event at that position is this one, or came before it. */
    public boolean covers(long otherCommitLsn, int otherOrder) {
        int commits = Long.compareUnsigned(otherCommitLsn, commitLsn);
        return commits < 0 || commits == 0 && otherOrder <= order;
    }

    /** As in {@code 16/B374D848 #3}. */
    @Override
    public String toString() {
        return new Lsn(commitLsn) + " #" + order;
    }
}
