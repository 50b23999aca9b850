package io.walpost.consumer;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Remembers which events a consumer has applied.
 *
 * <p>Contract: a claim is part of the transaction that is active on the calling thread. It is durable if that
 * transaction commits, and never was if it rolls back. Of all transactions that claim the same event for the same
 * consumer exactly one that commits is given it; while one is undecided, the others wait for it. Claims are kept for as
 * long as the inbox retains them; an event that is delivered again after that is applied again.
 */
public interface Inbox {

    /**
     * Claims events, waiting for whoever is about to claim one of them too.
     *
     * @param events those with the same id are one event
     * @return the ids of those that are new to the consumer, which now has to apply each once; the others were claimed by
     *     a transaction that has committed
     * @throws SQLException if the database could not be asked; nothing is claimed
     */
    Set<UUID> claim(Collection<ReceivedEvent> events) throws SQLException;

    /**
     * Gives a claim of this transaction back, as if it had not been made.
     *
     * @throws SQLException if the database could not be asked: the transaction has to roll back
     */
    void release(ReceivedEvent event) throws SQLException;

    /**
     * Checks at the end of the transaction that its claims still stand, so that committing can make them durable.
     *
     * @param events those that are claimed and not given back
     * @throws SQLException if they do not: the transaction has to roll back
     */
    void confirm(Collection<ReceivedEvent> events) throws SQLException;
}
