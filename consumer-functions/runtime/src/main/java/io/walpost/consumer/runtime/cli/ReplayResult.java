package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.ReplayReport;
import jakarta.json.JsonObject;

/**
 * How a replay went.
 *
 * @param limit how many letters it was to hand over at most
 */
record ReplayResult(ReplayReport report, long limit) implements Report {

    int exitCode() {
        if (report.failed() > 0) {
            return ExitCode.ATTENTION;
        }
        if (!report.complete() && !isAtLimit() || report.busy() > 0) {
            return ExitCode.TRY_AGAIN;
        }
        return ExitCode.OK;
    }

    private boolean isAtLimit() {
        return tried() == limit;
    }

    private long tried() {
        return report.replayed() + report.failed();
    }

    @Override
    public String text() {
        return report.replayed() + " replayed, " + report.failed() + " failed again, " + report.busy()
                + " in other hands" + end();
    }

    private String end() {
        if (report.complete()) {
            return "";
        }
        return isAtLimit() ? "; more follow" : "; stopped before the end: run it again";
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
