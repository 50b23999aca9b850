package io.walpost.relay.service.cli;

import io.walpost.relay.backfill.BackfillReport;
import jakarta.json.JsonObject;
import java.util.Locale;

/** How a backfill went. */
record BackfillText(BackfillReport run, boolean dryRun) implements Report {

    @Override
    public String text() {
        Table table = new Table(
                "Backfill " + run.name() + (dryRun ? " (dry run)" : run.complete() ? "" : " is not complete"));
        table.row("selected", RunText.count(run.selected()) + RunText.span(run.oldest(), run.newest()));
        if (!dryRun) {
            table.row("published", RunText.count(run.published()));
        }
        if (run.publishedBefore() > 0) {
            table.row("earlier", RunText.count(run.publishedBefore()) + ", published before");
        }
        if (run.gone() > 0) {
            table.row("gone", RunText.count(run.gone()) + ", deleted meanwhile");
        }
        table.row("time", String.format(Locale.ROOT, "%.1f s", run.duration().toMillis() / RunText.MILLIS));
        if (run.selected() == 0 && run.publishedBefore() == 0) {
            table.note(RunText.NOTHING);
        }
        return table.toString();
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("name", run.name())
                .add("complete", run.complete())
                .add("dryRun", dryRun)
                .add("selected", run.selected())
                .add("publishedBefore", run.publishedBefore())
                .add("published", run.published())
                .add("gone", run.gone())
                .add("oldest", Json.text(run.oldest()))
                .add("newest", Json.text(run.newest()))
                .add("millis", run.duration().toMillis())
                .build();
    }
}
