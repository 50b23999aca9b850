package io.walpost.demo.terminal;

import io.walpost.demo.check.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How far it is.
 *
 * @param orders how many orders are to be committed
 * @param lagEvents committed and not yet read from Kafka by the demo
 * @param lagBytes log that the relay has not confirmed; negative if it is not known
 * @param lagSeconds the age of the relay's oldest unacknowledged event; negative if it is not known
 */
public record Snapshot(
        Duration elapsed,
        int orders,
        long committed,
        long rolledBack,
        long events,
        long duplicates,
        long lagEvents,
        long lagBytes,
        double lagSeconds,
        Latencies latencies,
        List<ConsumerRow> consumers) {

    private static final int KIBI = 1024;

    String lag() {
        return "%d events, %s, %s".formatted(lagEvents, bytes(), seconds());
    }

    private String bytes() {
        if (lagBytes < 0) {
            return "? bytes";
        }
        if (lagBytes < KIBI) {
            return lagBytes + " B";
        }
        return lagBytes < KIBI * KIBI ? lagBytes / KIBI + " KiB" : lagBytes / KIBI / KIBI + " MiB";
    }

    private String seconds() {
        return lagSeconds < 0 ? "? s" : String.format(Locale.ROOT, "%.1f s", lagSeconds);
    }
}
