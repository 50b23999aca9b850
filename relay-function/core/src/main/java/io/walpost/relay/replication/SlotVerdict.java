package io.walpost.relay.replication;

import java.util.List;

/** How a slot stands to its budget. From the first to the last it gets worse. */
public sealed interface SlotVerdict {

    /** As it should be. */
    record WithinBudget() implements SlotVerdict {}

    /** More than half of what it may hold back. */
    record NearBudget(long retainedBytes, long limitBytes) implements SlotVerdict {}

    /** More than {@code walpost.relay.wal-budget}. */
    record OverBudget(long retainedBytes, long budgetBytes) implements SlotVerdict {}

    /** The server does not keep its log any more; a checkpoint may remove it at any time. */
    record BeingLost() implements SlotVerdict {}

    /** The server has removed log that it needs. */
    record Lost() implements SlotVerdict {}

    /** The name in metrics and machine-readable output: lower case with hyphens. */
    default String label() {
        return switch (this) {
            case WithinBudget() -> "within-budget";
            case NearBudget near -> "near-budget";
            case OverBudget over -> "over-budget";
            case BeingLost() -> "being-lost";
            case Lost() -> "lost";
        };
    }

    /** Whether somebody should look at it now. */
    default boolean isAlarming() {
        return this instanceof OverBudget || this instanceof BeingLost || this instanceof Lost;
    }

    /** What it means, in a sentence. */
    default String meaning() {
        return switch (this) {
            case WithinBudget() -> "The slot is within its budget.";
            case NearBudget(long retained, long limit) ->
                "The slot holds back " + ByteCount.text(retained) + " of log, more than half of the "
                        + ByteCount.text(limit) + " that it may.";
            case OverBudget(long retained, long budget) ->
                "The slot holds back " + ByteCount.text(retained) + " of log; walpost.relay.wal-budget is "
                        + ByteCount.text(budget) + ".";
            case BeingLost() ->
                "The slot holds back more log than max_slot_wal_keep_size allows, and may be lost at the next"
                        + " checkpoint.";
            case Lost() -> "The slot is lost: the server has removed log that it needs.";
        };
    }

    /** What the operator should do; empty if nothing. */
    default String hint() {
        return switch (this) {
            case WithinBudget() -> "";
            case NearBudget near -> HELP;
            case OverBudget over -> HELP;
            case BeingLost() ->
                "Raise max_slot_wal_keep_size now if the disk has room (ALTER SYSTEM SET max_slot_wal_keep_size = …;"
                        + " SELECT pg_reload_conf();), then find out what holds the relay up.";
            case Lost() -> "Make a new slot, and publish what lies between again from the outbox table.";
        };
    }

    /** Holding back log has one of these causes. */
    String HELP = "Is a relay running, and does Kafka take its events? A long transaction in any database of the server"
            + " holds log back, too. See 'The disk' in docs/operations.md.";

    /** The labels of all verdicts, from the first to the last. */
    static List<String> labels() {
        return List.of(
                new WithinBudget().label(),
                new NearBudget(0, 0).label(),
                new OverBudget(0, 0).label(),
                new BeingLost().label(),
                new Lost().label());
    }
}
