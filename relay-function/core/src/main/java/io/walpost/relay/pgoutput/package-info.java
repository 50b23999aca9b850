/**
 * Bytes to records: PostgreSQL's logical replication messages, protocol version 1, in text format.
 *
 * <p>{@link io.walpost.relay.pgoutput.PgOutputDecoder} turns one message as a walsender wrote it into one
 * {@link io.walpost.relay.pgoutput.PgOutputMessage}, whose records and components are named as in the PostgreSQL
 * manual, section "Logical Replication Message Formats". Whatever the bytes are, the outcome is a message or a
 * {@link io.walpost.relay.pgoutput.PgOutputException}: a message that ends early, goes on too long or is of an unknown
 * type is never read past its end and never skipped.
 *
 * <p>The package needs nothing but {@code java.*} and does no I/O. The messages that belong to streamed and to
 * two-phase transactions are not known here, because the relay does not ask the server for them.
 */
package io.walpost.relay.pgoutput;
