package io.walpost.relay.checkpoint;

import java.util.List;

/**
 * Which log a position belongs to. Positions compare only within one history: after a failover or a restore the same
 * LSN may stand for something else. Histories of one cluster share their beginning, though, and there positions hold in
 * both.
 *
 * @param systemId the cluster's identifier; empty if none is known
 * @param timeline changes with each promotion and each point-in-time recovery
 * @param ancestors the timelines before this one, oldest first; empty also if they are not known
 * @param end how far the log reached when the server was asked; greatest of all LSNs if it was not
 */
public record WalHistory(String systemId, int timeline, List<Ancestor> ancestors, long end) {

    /** The greatest LSN, as they are unsigned. */
    private static final long WITHOUT_END = -1;

    /** That of no database. */
    public static final WalHistory UNKNOWN = new WalHistory("", 0);

    public WalHistory {
        ancestors = List.copyOf(ancestors);
    }

    /** A history of which no ancestor is known. */
    public WalHistory(String systemId, int timeline) {
        this(systemId, timeline, List.of(), WITHOUT_END);
    }

    /**
     * A timeline that another one left.
     *
     * @param switchLsn where: the log from there on belongs to the other one
     */
    public record Ancestor(int timeline, long switchLsn) {}

    /** Whether the log reached a position. If one was published that it did not, a past was undone. */
    public boolean reaches(long lsn) {
        return Long.compareUnsigned(lsn, end) <= 0;
    }

    /** Up to where this history and the other one have the same log: exclusive, 0 if nowhere. */
    long commonWith(WalHistory other) {
        if (systemId.isEmpty() || !systemId.equals(other.systemId)) {
            return 0;
        }
        if (timeline == other.timeline && (ancestors.isEmpty() || other.ancestors.isEmpty())) {
            // Timeline 1, which has no ancestors; or they are not known, and its number has to do.
            return WITHOUT_END;
        }
        long common = 0;
        int shared = Math.min(ancestors.size(), other.ancestors.size());
        for (int i = 0; i <= shared; i++) {
            if (timelineAt(i) != other.timelineAt(i)) {
                return common;
            }
            long mine = endAt(i);
            long theirs = other.endAt(i);
            common = Long.compareUnsigned(mine, theirs) < 0 ? mine : theirs;
            if (mine != theirs) {
                return common;
            }
        }
        return common;
    }

    private int timelineAt(int index) {
        return index < ancestors.size() ? ancestors.get(index).timeline() : timeline;
    }

    private long endAt(int index) {
        return index < ancestors.size() ? ancestors.get(index).switchLsn() : WITHOUT_END;
    }

    /**
     * What a position of another history is worth in this one.
     *
     * @return the position itself if it lies in what both have in common; otherwise where they parted, since a commit
     *     from there on is another one here; {@link EventPosition#NONE} if they have nothing in common
     */
    public EventPosition translate(EventPosition position, WalHistory of) {
        long common = commonWith(of);
        return Long.compareUnsigned(position.commitLsn(), common) < 0 ? position : new EventPosition(common, 0);
    }
}
