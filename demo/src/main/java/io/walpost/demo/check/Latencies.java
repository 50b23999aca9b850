package io.walpost.demo.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The latency that half of the events, and 99 of 100, do not exceed. */
public record Latencies(Duration p50, Duration p99) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Latencies of(List<Duration> latencies) {
        if (latencies.isEmpty()) {
            return new Latencies(Duration.ZERO, Duration.ZERO);
        }
        List<Duration> sorted = latencies.stream().sorted().toList();
        return new Latencies(percentile(sorted, 50), percentile(sorted, 99));
    }

    /** The nearest rank: the smallest value that at least so many percent do not exceed. */
    private static Duration percentile(List<Duration> sorted, int percent) {
        int rank = Math.ceilDiv(sorted.size() * percent, 100);
        return sorted.get(rank - 1);
    }

    @Override
    public String toString() {
        return "p50 %s, p99 %s".formatted(millis(p50), millis(p99));
    }

    /** In milliseconds with one decimal. */
    public static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / NANOS_PER_MILLI);
    }
}
