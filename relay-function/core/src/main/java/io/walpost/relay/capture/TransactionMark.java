package io.walpost.relay.capture;

import java.time.Instant;

/**
 * The transaction that a record belongs to.
 *
 * @param commitLsn where in the log it committed
 * @param committedAt when, by the database's clock
 */
public record TransactionMark(long commitLsn, long xid, Instant committedAt) {}
