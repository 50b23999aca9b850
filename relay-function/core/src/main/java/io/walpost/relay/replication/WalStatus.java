package io.walpost.relay.replication;

import java.util.Locale;

/** Whether the log that a slot needs is still there ({@code pg_replication_slots.wal_status}). */
public enum WalStatus {
    /** It is, within {@code max_wal_size}. */
    RESERVED,
    /** It is, beyond {@code max_wal_size}. */
    EXTENDED,
    /** It may be removed at the next checkpoint. */
    UNRESERVED,
    /** It is not: the slot is of no use any more. */
    LOST;

    /** @param text as the server has it */
    static WalStatus parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** As the server has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
