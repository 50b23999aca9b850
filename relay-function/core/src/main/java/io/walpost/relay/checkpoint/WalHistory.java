package io.walpost.relay.checkpoint;

/**
 * Which log a position belongs to. Positions compare only within one history: after a failover or a restore the same
 * LSN may stand for something else.
 *
 * @param systemId the cluster's identifier; empty if none is known
 * @param timeline changes with each promotion and each point-in-time recovery
 */
public record WalHistory(String systemId, int timeline) {

    /** That of no database. */
    public static final WalHistory UNKNOWN = new WalHistory("", 0);
}
