package io.walpost.relay.service.cli;

import io.walpost.relay.replication.ByteCount;
import io.walpost.relay.runtime.DrainReport;
import io.walpost.relay.service.RelayJson;
import jakarta.json.JsonObject;
import java.util.Locale;

/** How a drain went, for people and for machines. */
record DrainText(DrainReport drain) implements Report {

    private static final double MILLIS_PER_SECOND = 1_000;

    @Override
    public String text() {
        Table table = new Table(
                drain.reached() ? "Drained slot " + drain.slot() : "Slot " + drain.slot() + " is not drained");
        table.row("events", String.format(Locale.ROOT, "%,d", drain.events()) + ", " + ByteCount.text(drain.bytes()));
        table.row("from", drain.from().toString());
        table.row(
                "to",
                drain.reached() ? drain.to().toString() : drain.to() + "; " + drain.target() + " was to be reached");
        table.row("time", String.format(Locale.ROOT, "%.1f s", drain.time().toMillis() / MILLIS_PER_SECOND));
        drain.failure().ifPresent(cause -> table.note(cause.getMessage() + "\n" + cause.hint()));
        return table.toString();
    }

    @Override
    public JsonObject json() {
        return RelayJson.of(drain);
    }
}
