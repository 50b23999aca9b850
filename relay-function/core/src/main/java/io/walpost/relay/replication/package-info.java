/**
 * The only code that knows pgjdbc: the replication connection, its frames and status messages, and the inspection of
 * the database before a connection is made.
 *
 * <p>The relay speaks the streaming replication protocol (PostgreSQL manual, section "Streaming Replication Protocol")
 * over pgjdbc's {@code CopyDual} rather than its {@code PGReplicationStream}, for three reasons: keepalives reach the
 * caller, so that a silent server is noticed and an idle slot can advance; a frame that is cut in its middle is an
 * error rather than a time-out that the next read continues from the wrong byte; and no object is made per frame that
 * nobody reads.
 */
package io.walpost.relay.replication;
