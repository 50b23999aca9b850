package io.walpost.outbox.runtime;

import io.walpost.outbox.OutboxEvent;

/** Where events go; which of them is a matter of {@link OutboxMode}. */
interface EventWriter {

    /**
     * Writes an event on the connection of the caller's transaction. When it returns, the database has it, and several
     * are in the order of the calls.
     *
     * @param event checked already
     * @throws RuntimeException if it was not written; the transaction must not commit then
     */
    void write(OutboxEvent event);
}
