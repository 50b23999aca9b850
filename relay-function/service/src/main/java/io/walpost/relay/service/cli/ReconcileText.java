package io.walpost.relay.service.cli;

import io.walpost.relay.backfill.ReconcileReport;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/** How a reconcile went. */
record ReconcileText(ReconcileReport run, boolean dryRun) implements Report {

    @Override
    public String text() {
        Table table = new Table(heading());
        table.row("selected", RunText.count(run.selected()) + RunText.span(run.oldest(), run.newest()));
        table.row("present", RunText.count(run.present()));
        if (run.deadLettered() > 0) {
            table.row("dead letters", RunText.count(run.deadLettered()));
        }
        table.row("missing", RunText.count(run.missing()));
        if (!dryRun) {
            table.row("published", RunText.count(run.published()));
        }
        if (run.gone() > 0) {
            table.row("gone", RunText.count(run.gone()) + ", deleted meanwhile");
        }
        table.row("time", String.format(Locale.ROOT, "%.1f s", run.duration().toMillis() / RunText.MILLIS));
        if (!run.examples().isEmpty()) {
            table.note("The first that are missing:\n"
                    + run.examples().stream().map(id -> "  " + id).collect(Collectors.joining("\n")));
        }
        if (run.selected() == 0) {
            table.note(RunText.NOTHING);
        }
        return table.toString();
    }

    private String heading() {
        if (run.complete()) {
            return run.missing() == 0 ? "Nothing is missing" : "Nothing is missing any more";
        }
        return dryRun ? "Events are missing (dry run)" : "Not complete; run it again";
    }

    @Override
    public JsonObject json() {
        JsonArrayBuilder examples = jakarta.json.Json.createArrayBuilder();
        run.examples().stream().map(UUID::toString).forEach(examples::add);
        return Json.object()
                .add("name", run.name())
                .add("complete", run.complete())
                .add("dryRun", dryRun)
                .add("selected", run.selected())
                .add("present", run.present())
                .add("deadLettered", run.deadLettered())
                .add("missing", run.missing())
                .add("examples", examples)
                .add("published", run.published())
                .add("gone", run.gone())
                .add("oldest", Json.text(run.oldest()))
                .add("newest", Json.text(run.newest()))
                .add("millis", run.duration().toMillis())
                .build();
    }
}
