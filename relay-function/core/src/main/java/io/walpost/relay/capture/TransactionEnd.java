package io.walpost.relay.capture;

import java.time.Instant;

/**
 * The end of a transaction, with or without outbox records in it.
 *
 * @param endLsn to confirm it is to confirm the transaction and all before it
 * @param committedAt when it committed, by the database's clock
 */
public record TransactionEnd(long endLsn, Instant committedAt) implements Captured {}
