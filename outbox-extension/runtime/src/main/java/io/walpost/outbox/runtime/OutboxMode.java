package io.walpost.outbox.runtime;

/** Where an application writes its events. */
public enum OutboxMode {
    /** Rows of the outbox table. */
    TABLE,
    /** Logical messages in PostgreSQL's log, without a table. */
    MESSAGE
}
