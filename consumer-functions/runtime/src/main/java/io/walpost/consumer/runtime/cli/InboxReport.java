package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.InboxPartitions;
import jakarta.json.JsonObject;

/** What was done to the inbox. */
record InboxReport(InboxPartitions.Report report) implements Report {

    @Override
    public String text() {
        return report.created() + " partitions made, " + report.dropped() + " dropped, " + report.deleted()
                + " claims deleted from the others"
                + (report.complete() ? "" : "; something is left, because others were in the way: run it again");
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("created", report.created())
                .add("dropped", report.dropped())
                .add("deleted", report.deleted())
                .add("complete", report.complete())
                .add("permitted", report.permitted())
                .build();
    }
}
