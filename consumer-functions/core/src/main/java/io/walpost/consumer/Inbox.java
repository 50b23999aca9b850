package io.walpost.consumer;

import java.sql.SQLException;
import java.util.UUID;

/**
 * Remembers which events a consumer has applied.
 *
 * <p>Contract: a claim is part of the transaction that is active on the calling thread. It is durable if that
 * transaction commits, and never was if it rolls back. Of all transactions that claim the same event for the same
 * consumer exactly one that commits is told {@link Claim#FIRST}; while one is undecided, the others wait for it. Claims
 * are kept until an operator removes them; an event that is delivered again after that is applied again.
 */
public interface Inbox {

    /** What came of a claim. */
    enum Claim {
        /** The event is new to the consumer, which now has to apply it. */
        FIRST,
        /** The event was claimed by a transaction that has committed. */
        DUPLICATE
    }

    /**
     * Claims an event, waiting for whoever is about to claim it too.
     *
     * @throws SQLException if the database could not be asked; nothing is claimed
     */
    Claim claim(UUID eventId) throws SQLException;

    /**
     * Checks at the end of the transaction that its claim still stands, so that committing can make it durable.
     *
     * @throws SQLException if it does not: the transaction has to roll back
     */
    void confirm(UUID eventId) throws SQLException;
}
