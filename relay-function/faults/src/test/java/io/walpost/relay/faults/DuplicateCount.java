package io.walpost.relay.faults;

import io.walpost.outbox.Lsn;
import java.util.HashMap;
import java.util.Map;

/** The events that came twice because of one fault, by the transactions that they belong to. */
final class DuplicateCount {

    private final Struck cause;
    private final Map<Lsn, Integer> byTransaction = new HashMap<>();

    DuplicateCount(Struck cause) {
        this.cause = cause;
    }

    void add(Arrival duplicate) {
        byTransaction.merge(duplicate.commit(), 1, Integer::sum);
    }

    int total() {
        return byTransaction.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether no more came twice than may. */
    boolean isWithin(int window) {
        return switch (cause.fault().allowance()) {
            case NOTHING -> total() == 0;
            // A transaction that is larger than the window exceeds it, alone.
            case WINDOW -> total() <= window || byTransaction.size() == 1;
            case SLOT_WENT_BACK -> byTransaction.keySet().stream().noneMatch(cause.relayFrom()::isAfter);
        };
    }

    @Override
    public String toString() {
        return total() + " duplicates of " + byTransaction.size() + " transactions after " + cause.fault() + " at "
                + cause.at() + ", relay from " + cause.relayFrom();
    }
}
