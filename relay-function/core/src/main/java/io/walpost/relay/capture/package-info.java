/**
 * Rows to outbox records, per transaction. {@link io.walpost.relay.capture.TransactionFramer} knows which tables are
 * outboxes, gives each of their rows its place in its transaction, and says where a transaction ends. It holds back one
 * row, never a transaction: the last row of a transaction can only be known when the next message has come.
 */
package io.walpost.relay.capture;
