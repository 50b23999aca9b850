package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.ReplayReport;
import jakarta.json.JsonObject;

/** How a replay went. */
record ReplayResult(ReplayReport report) implements Report {

    @Override
    public String text() {
        return report.replayed() + " replayed, " + report.failed() + " failed again, " + report.busy()
                + " in other hands" + (report.complete() ? "" : "; stopped before the end: run it again");
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("replayed", report.replayed())
                .add("failed", report.failed())
                .add("busy", report.busy())
                .add("complete", report.complete())
                .build();
    }
}
