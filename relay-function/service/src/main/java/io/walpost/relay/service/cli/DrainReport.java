package io.walpost.relay.service.cli;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.ByteCount;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a drain went.
 *
 * @param reached whether all that was committed at the call is published
 * @param failure the last one, if it was not reached
 */
record DrainReport(
        String slot,
        boolean reached,
        long events,
        long bytes,
        Lsn from,
        Lsn to,
        Lsn target,
        Duration time,
        Optional<RelayException> failure)
        implements Report {

    private static final double MILLIS_PER_SECOND = 1_000;

    @Override
    public String text() {
        Table table = new Table(reached ? "Drained slot " + slot : "Slot " + slot + " is not drained");
        table.row("events", String.format(Locale.ROOT, "%,d", events) + ", " + ByteCount.text(bytes));
        table.row("from", from.toString());
        table.row("to", reached ? to.toString() : to + "; " + target + " was to be reached");
        table.row("time", String.format(Locale.ROOT, "%.1f s", time.toMillis() / MILLIS_PER_SECOND));
        failure.ifPresent(cause -> table.note(cause.getMessage() + "\n" + cause.hint()));
        return table.toString();
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("slot", slot)
                .add("reached", reached)
                .add("events", events)
                .add("bytes", bytes)
                .add("fromLsn", from.toString())
                .add("toLsn", to.toString())
                .add("targetLsn", target.toString())
                .add("millis", time.toMillis())
                .add("failure", Json.text(failure.map(RelayException::getMessage)))
                .build();
    }
}
