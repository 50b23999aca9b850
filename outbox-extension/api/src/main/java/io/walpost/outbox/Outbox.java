package io.walpost.outbox;

import java.util.UUID;

/**
 * Publishes events as part of the caller's database transaction.
 *
 * <p>An event is written on the connection of the transaction that is active on the calling thread. If that transaction
 * commits, the event will reach its topic at least once, and after every event that was committed before it for the
 * same aggregate id. If it rolls back, the event never existed. Nothing is sent to a broker from the calling thread.
 *
 * <p>An event that is refused takes its data with it: whatever {@code publish} throws, the transaction that was active can
 * then only roll back, also if the exception is caught. A method marked {@code @Transactional} that catches it and returns
 * rolls back without a further exception, so let it pass, or answer for a change that was not made.
 *
 * <p>What is <em>not</em> guaranteed: when the event arrives; that it arrives only once; and any order between events
 * of different aggregates.
 *
 * <p>Implementations are safe for use by several threads, each in its own transaction.
 */
public interface Outbox {

    /**
     * Writes one event to the outbox.
     *
     * <p>Everything that is pending in the caller's persistence context is written with it. That takes longer the more
     * entities it holds: in a bulk job, clear it, or begin a new transaction, every few hundred events.
     *
     * @param event the event; never null
     * @return {@link OutboxEvent#id()}, by which a consumer recognises a duplicate
     * @throws NoTransactionException if no transaction is active on the calling thread: an event written outside the
     *     transaction of its data is the dual write that an outbox exists to prevent
     * @throws IllegalArgumentException if the event cannot be stored or published as it is; see
     *     {@code walpost.outbox.max-payload-size}
     */
    UUID publish(OutboxEvent event);

    /**
     * Writes one event that is an instance of a class marked with {@link AggregateEvent}; its payload is the object as
     * JSON.
     *
     * @param event an instance of a class marked with {@link AggregateEvent}; never null
     * @return the id given to the event, by which a consumer recognises a duplicate
     * @throws NoTransactionException if no transaction is active on the calling thread
     * @throws IllegalArgumentException if the class of {@code event} is not marked, if the aggregate id is null or
     *     blank, or if the object cannot be written as JSON
     */
    UUID publish(Object event);
}
