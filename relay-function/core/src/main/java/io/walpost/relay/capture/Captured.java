package io.walpost.relay.capture;

/** What a transaction comes to: its records in order, then its end. */
public sealed interface Captured permits OutboxRecord, TransactionEnd {}
