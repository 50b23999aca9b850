package io.walpost.relay.capture;

/**
 * One event as it was committed.
 *
 * @param order its place among the records of its transaction, from 1
 * @param last whether it is the last of them
 */
public record OutboxRecord(OutboxRow row, TransactionMark transaction, int order, boolean last) implements Captured {}
