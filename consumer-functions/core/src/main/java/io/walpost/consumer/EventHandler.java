package io.walpost.consumer;

/**
 * Handles one event.
 *
 * <p>Events of one partition are handed over one after the other, in their order. The same event may be handed over
 * more than once. Implementations are safe for use by several threads, each with an event of another partition.
 *
 * <p>The handler that has the effect runs within {@link IdempotentConsumer}, in a transaction: it writes to the database
 * of the {@link Inbox} on connections of that transaction, has no effect anywhere else, and neither commits nor rolls
 * back. It throws {@link UnprocessableEventException} if the event cannot be processed however often it is tried, and
 * lets through any other exception that it meets; {@link Failure#of} decides what follows from it.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * @param event the event; never null
     * @return what became of it; never null. Unless that is {@link Outcome.Applied} or {@link Outcome.Duplicate}, nothing
     *     of the effect may remain.
     * @throws Exception whatever kept the effect from being applied; equal to returning {@link Outcome#failed}
     */
    Outcome handle(ReceivedEvent event) throws Exception;
}
