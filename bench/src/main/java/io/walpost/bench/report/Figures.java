package io.walpost.bench.report;

import io.walpost.bench.measure.Metric;
import java.util.Locale;

/** Figures as people read them. */
public final class Figures {

    private Figures() {}

    public static String of(Metric metric, double value) {
        String number =
                switch (metric) {
                    case RATE,
                            RATE_FROM_START,
                            EFFECTS,
                            EFFECTS_FROM_START,
                            WRITTEN,
                            DUPLICATES,
                            DEAD_LETTERS,
                            PARKED,
                            PEAK_MEMORY -> "%,.0f";
                    case FIRST_EVENT, FIRST_EFFECT -> "%.2f";
                    case CPU, P50, P99, P999 -> "%.1f";
                };
        return String.format(Locale.ROOT, number + " " + metric.unit(), value);
    }
}
