package io.walpost.bench.measure;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The nearest ranks of many latencies. */
final class Percentiles {

    private static final double NANOS_PER_MILLI = 1e6;

    private Percentiles() {}

    /** @param nanos at least one */
    static Map<Metric, Double> of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.P50, millis(sorted, 500));
        values.put(Metric.P99, millis(sorted, 990));
        values.put(Metric.P999, millis(sorted, 999));
        return values;
    }

    private static double millis(long[] sorted, int perMille) {
        int rank = Math.ceilDiv(sorted.length * perMille, 1000);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
