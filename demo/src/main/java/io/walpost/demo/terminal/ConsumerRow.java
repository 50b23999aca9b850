package io.walpost.demo.terminal;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a consumer says of itself. What is not known is empty.
 *
 * @param applied events that had their effect
 * @param deadLetters events that were set aside
 * @param lagSeconds the age of the oldest event in work
 * @param p50Seconds from commit to effect, of half of the events at most
 * @param p99Seconds the same of 99 of 100
 */
public record ConsumerRow(
        String name,
        OptionalDouble applied,
        OptionalDouble duplicates,
        OptionalDouble deadLetters,
        OptionalDouble lagSeconds,
        OptionalDouble p50Seconds,
        OptionalDouble p99Seconds) {

    private static final String FORMAT = "%-18s  %8s  %10s  %12s  %7s  %9s  %9s";
    private static final double MILLIS_PER_SECOND = 1000;

    static String heading() {
        return FORMAT.formatted("", "applied", "duplicates", "dead letters", "lag", "p50", "p99");
    }

    String line() {
        return FORMAT.formatted(
                name,
                number("%.0f", applied, 1),
                number("%.0f", duplicates, 1),
                number("%.0f", deadLetters, 1),
                number("%.1f s", lagSeconds, 1),
                number("%.0f ms", p50Seconds, MILLIS_PER_SECOND),
                number("%.0f ms", p99Seconds, MILLIS_PER_SECOND));
    }

    /** In one phrase, as in "billing 128". */
    String phrase() {
        return name + " " + number("%.0f", applied, 1);
    }

    private static String number(String format, OptionalDouble number, double factor) {
        return number.isEmpty() ? "?" : String.format(Locale.ROOT, format, number.getAsDouble() * factor);
    }
}
