package io.walpost.relay.replication;

import io.walpost.relay.replication.SlotVerdict.BeingLost;
import io.walpost.relay.replication.SlotVerdict.Lost;
import io.walpost.relay.replication.SlotVerdict.NearBudget;
import io.walpost.relay.replication.SlotVerdict.OverBudget;
import io.walpost.relay.replication.SlotVerdict.WithinBudget;

/**
 * How much log a slot may hold back before somebody is told. The server enforces only its own limit,
 * {@code max_slot_wal_keep_size}, and that by giving the slot up.
 *
 * @param bytes at least 1
 */
public record WalBudget(long bytes) {

    private static final int WARNING_DIVISOR = 2;

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public WalBudget {
        if (bytes < 1) {
            throw new IllegalArgumentException("walpost.relay.wal-budget must be at least 1 byte, as in 10G");
        }
    }

    public SlotVerdict verdict(SlotStatus slot) {
        return switch (slot.walStatus()) {
            case LOST -> new Lost();
            case UNRESERVED -> new BeingLost();
            case RESERVED, EXTENDED -> verdict(slot.retainedBytes().orElse(0), limit(slot));
        };
    }

    private SlotVerdict verdict(long retained, long limit) {
        if (retained > bytes) {
            return new OverBudget(retained, bytes);
        }
        return retained > limit / WARNING_DIVISOR ? new NearBudget(retained, limit) : new WithinBudget();
    }

    /** The smaller one of the budget and what the server allows. */
    private long limit(SlotStatus slot) {
        return slot.safeBytes().isPresent()
                ? Math.min(
                        bytes,
                        slot.retainedBytes().orElse(0)
                                + Math.max(0, slot.safeBytes().getAsLong()))
                : bytes;
    }
}
