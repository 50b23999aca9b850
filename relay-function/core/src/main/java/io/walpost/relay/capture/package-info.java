/**
 * Rows and messages to outbox records, per transaction. {@link io.walpost.relay.capture.TransactionFramer} knows which
 * tables are outboxes and which messages are events, gives each its place in its transaction, and says where a
 * transaction ends. It holds back one event, never a transaction: the last one of a transaction can only be known when
 * the next message has come.
 */
package io.walpost.relay.capture;
