package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.Replay;
import io.walpost.consumer.deadletter.ReplayReport;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * How a replay went.
 *
 * @param chosen whether it was said which letters
 * @param limit how many letters it was to hand over at most
 * @param waiting what it could not come to
 */
record ReplayResult(ReplayReport report, boolean chosen, long limit, Optional<Replay.Waiting> waiting)
        implements Report {

    static final String NONE = "No unresolved letter is what was asked for.";

    int exitCode() {
        if (report.failed() > 0) {
            return ExitCode.ATTENTION;
        }
        if (!report.complete() && !isAtLimit() || report.busy() > 0) {
            return ExitCode.TRY_AGAIN;
        }
        return waiting.isPresent() || isNone() ? ExitCode.ATTENTION : ExitCode.OK;
    }

    /** There was nothing of what was asked for. Where nothing was asked for, all is as it should be. */
    private boolean isNone() {
        return chosen && waiting.isEmpty() && report.complete() && report.busy() == 0 && tried() == 0;
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
                + " in other hands" + end()
                + waiting.map(WaitingLetters::text).orElse("")
                + (isNone() ? "\n" + NONE : "");
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
                .add("waiting", WaitingLetters.json(waiting))
                .build();
    }
}
