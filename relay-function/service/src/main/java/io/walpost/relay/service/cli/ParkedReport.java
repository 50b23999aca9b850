package io.walpost.relay.service.cli;

import io.walpost.relay.publish.parked.ParkedStatus;
import jakarta.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The parked keys. */
record ParkedReport(List<ParkedStatus> parked) implements Report {

    @Override
    public String text() {
        if (parked.isEmpty()) {
            return "No key is parked.";
        }
        return parked.stream().map(ParkedReport::text).collect(Collectors.joining("\n\n"))
                + "\n\nMend the cause, then: walpost release --topic TOPIC --key KEY";
    }

    private static String text(ParkedStatus status) {
        Table table = new Table(
                "Key " + status.key().keyText() + " of topic " + status.key().topic());
        table.row(
                "since",
                status.parking().since().truncatedTo(ChronoUnit.SECONDS).toString());
        table.row(
                "event",
                status.parking().eventId() + ", commit " + status.parking().commitLsn());
        table.row("cause", status.parking().kind() + ": " + status.parking().reason());
        table.row("waiting", status.letters() + (status.letters() == 1 ? " event" : " events"));
        return table.toString();
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add(
                        "parked",
                        Json.array(parked.stream().map(ParkedReport::json).toList()))
                .build();
    }

    private static JsonObject json(ParkedStatus status) {
        return Json.object()
                .add("topic", status.key().topic())
                .add("key", status.key().keyText())
                .add("since", status.parking().since().toString())
                .add("eventId", status.parking().eventId())
                .add("commitLsn", status.parking().commitLsn())
                .add("kind", status.parking().kind())
                .add("reason", status.parking().reason())
                .add("waiting", status.letters())
                .build();
    }
}
