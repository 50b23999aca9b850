package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;

/**
 * A slot as the server sees it ({@code pg_replication_slots}).
 *
 * @param current where the server's log ends
 * @param confirmed up to where the relay has confirmed
 * @param lagBytes log that is not confirmed yet
 * @param retainedBytes log that the server keeps on disk because of the slot
 * @param active whether a relay reads it
 */
public record SlotStatus(Lsn current, Lsn confirmed, long lagBytes, long retainedBytes, boolean active) {}
