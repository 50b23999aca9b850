package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A slot as the server sees it ({@code pg_replication_slots}).
 *
 * @param current where the server's log ends
 * @param confirmed up to where the relay has confirmed
 * @param lagBytes log that is not confirmed yet
 * @param retainedBytes log that the server keeps on disk because of the slot; empty if the slot is lost
 * @param safeBytes log that may still be written before the slot is in danger; empty if the server sets no limit
 *     ({@code max_slot_wal_keep_size = -1}) or the slot is lost
 * @param walStatus whether the log that the slot needs is still there
 * @param active whether a relay reads it
 * @param inactiveSince since when nobody does; PostgreSQL 17 and newer
 * @param invalidationReason why it is lost, in the server's words; PostgreSQL 17 and newer
 * @param failover whether standbys keep it; PostgreSQL 17 and newer
 */
public record SlotStatus(
        Lsn current,
        Lsn confirmed,
        long lagBytes,
        OptionalLong retainedBytes,
        OptionalLong safeBytes,
        WalStatus walStatus,
        boolean active,
        Optional<Instant> inactiveSince,
        Optional<String> invalidationReason,
        boolean failover) {

    /** Whether the server has given the slot up. */
    public boolean isLost() {
        return walStatus == WalStatus.LOST;
    }

    /** What cannot be published through the slot any more if it {@link #isLost}. */
    LogGap gap(String slot) {
        return new LogGap(
                slot,
                confirmed,
                current,
                inactiveSince,
                "the server has removed log that it needs"
                        + invalidationReason.map(reason -> " (" + reason + ")").orElse(""));
    }
}
