package io.walpost.relay.replication;

/**
 * What a setup does beyond publication and slot.
 *
 * @param createRole whether to make the relay's role if it does not exist
 * @param backfill whether the role may also read the outbox tables, which only backfill and reconcile need
 * @param failover whether standbys are to keep the slot, where the server can (PostgreSQL 17 and newer)
 */
public record SetupOptions(boolean createRole, boolean backfill, boolean failover) {}
