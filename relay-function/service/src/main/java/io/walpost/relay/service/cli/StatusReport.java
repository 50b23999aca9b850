package io.walpost.relay.service.cli;

import io.walpost.relay.replication.ByteCount;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.replication.SlotVerdict;
import io.walpost.relay.replication.WalBudget;
import jakarta.json.JsonObject;
import java.time.temporal.ChronoUnit;

/** A slot and how it stands to its budget. */
record StatusReport(PostgresSettings settings, SlotStatus slot, WalBudget budget, SlotVerdict verdict)
        implements Report {

    @Override
    public String text() {
        Table table = new Table("Slot " + settings.slot() + " of database " + settings.database() + ": "
                + verdict.label().replace('-', ' '));
        table.row("read by", reader());
        table.row("confirmed", slot.confirmed() + ", " + ByteCount.text(slot.lagBytes()) + " behind " + slot.current());
        table.row(
                "held back",
                slot.retainedBytes().isPresent()
                        ? ByteCount.text(slot.retainedBytes().getAsLong()) + " of log; the budget is "
                                + ByteCount.text(budget.bytes())
                        : "nothing any more");
        table.row("log", log());
        table.row("standbys", slot.failover() ? "keep the slot" : "do not keep the slot");
        if (!verdict.hint().isEmpty()) {
            table.note(verdict.meaning() + "\n" + verdict.hint());
        }
        return table.toString();
    }

    private String reader() {
        return slot.active()
                ? "a relay"
                : "nobody"
                        + slot.inactiveSince()
                                .map(time -> " since " + time.truncatedTo(ChronoUnit.SECONDS))
                                .orElse("");
    }

    private String log() {
        String safe = slot.safeBytes().isPresent()
                ? ", in danger after another " + ByteCount.text(slot.safeBytes().getAsLong())
                : slot.isLost() ? "" : ", kept without limit (max_slot_wal_keep_size = -1)";
        return slot.walStatus().label()
                + slot.invalidationReason().map(reason -> " (" + reason + ")").orElse("")
                + safe;
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("slot", settings.slot())
                .add("database", settings.database())
                .add("verdict", verdict.label())
                .add("active", slot.active())
                .add("confirmedLsn", slot.confirmed().toString())
                .add("currentLsn", slot.current().toString())
                .add("lagBytes", slot.lagBytes())
                .add("retainedBytes", Json.number(slot.retainedBytes()))
                .add("budgetBytes", budget.bytes())
                .add("safeBytes", Json.number(slot.safeBytes()))
                .add("walStatus", slot.walStatus().label())
                .add("inactiveSince", Json.text(slot.inactiveSince()))
                .add("invalidationReason", Json.text(slot.invalidationReason()))
                .add("failover", slot.failover())
                .build();
    }
}
