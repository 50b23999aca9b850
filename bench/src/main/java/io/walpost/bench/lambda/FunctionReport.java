package io.walpost.bench.lambda;

import io.walpost.bench.lambda.InvocationTimes.Times;
import io.walpost.bench.measure.Handover.Gap;
import io.walpost.bench.report.MarkdownTable;
import java.util.List;
import java.util.Locale;

/**
 * What was measured of the function, as the table of docs/deploy-lambda.md.
 *
 * @param unzippedMegabytes its size
 * @param times of its invocations
 * @param relief with at-least-once delivery
 * @param exactlyOnceRelief with exactly-once delivery
 */
record FunctionReport(double unzippedMegabytes, Times times, Gap relief, Gap exactlyOnceRelief) {

    private static final double MILLIS_A_SECOND = 1e3;

    String text(FunctionTargets targets) {
        return MarkdownTable.of(List.of(
                        List.of("what", "measured", "target", ""),
                        line(
                                "unzipped",
                                megabytes(unzippedMegabytes),
                                megabytes(targets.unzippedMegabytes()),
                                unzippedMegabytes <= targets.unzippedMegabytes()),
                        line(
                                "cold, from the start of the process to the first event in the topic",
                                seconds(times.firstEvent()),
                                seconds(targets.firstEventMillis()),
                                times.firstEvent() <= targets.firstEventMillis()),
                        line("cold, to the answer", seconds(times.cold())),
                        line("warm, with one event, to the answer", seconds(times.warm())),
                        line(
                                "warm, with nothing to do",
                                millis(times.idle()),
                                millis(targets.idleMillis()),
                                times.idle() <= targets.idleMillis()),
                        line(
                                "from commit to consumer at 500 events/s, 2 s before to 2 s after a relief",
                                written(relief),
                                "p99 " + millis(targets.reliefP99Millis()),
                                relief.p99() <= targets.reliefP99Millis()),
                        line("the same with exactly-once delivery", written(exactlyOnceRelief))))
                + String.format(
                        Locale.ROOT,
                        "%nEvents about the reliefs: %,d, and %,d with exactly-once delivery.%n",
                        relief.events(),
                        exactlyOnceRelief.events());
    }

    private static List<String> line(String what, String measured, String target, boolean met) {
        return List.of(what, measured, target, met ? "met" : "**missed**");
    }

    private static List<String> line(String what, String measured) {
        return List.of(what, measured, "", "");
    }

    private static String megabytes(double number) {
        return String.format(Locale.ROOT, "%.0f MB", number);
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / MILLIS_A_SECOND);
    }

    private static String millis(double number) {
        return String.format(Locale.ROOT, "%.0f ms", number);
    }

    private static String written(Gap gap) {
        return "p50 " + millis(gap.p50()) + ", p99 " + millis(gap.p99()) + ", longest " + millis(gap.longest()) + "; "
                + (gap.duplicates() == 0 ? "no" : gap.duplicates()) + " duplicates";
    }
}
