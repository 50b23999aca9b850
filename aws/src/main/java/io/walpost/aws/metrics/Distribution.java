package io.walpost.aws.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many values of one metric in at most a hundred bins, which is what CloudWatch takes at a time. The bins are as narrow as
 * the spread of the values allows: each is a fixed factor wide, which is squared when there would be too many of them. No
 * value is further than half that factor from the one that stands for it; over the five decades from a millisecond to two
 * minutes that is less than one part in eleven. Safe for use by several threads.
 */
public final class Distribution {

    /** "Values": more of them make CloudWatch drop the metric. */
    private static final int MOST_BINS = 100;

    /** Two to the power of this many bins to each doubling: a factor of 1.0027 at first. */
    private static final int FINEST_SCALE = 8;

    /** What is smaller counts as this much; zero has no logarithm. */
    private static final double SMALLEST = 0.001;

    private final TreeMap<Integer, Long> bins = new TreeMap<>();
    private int scale = FINEST_SCALE;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private long count;

    /** The bins, in rising order. */
    record Bins(List<Double> values, List<Long> counts, double min, double max, double sum, long count) {}

    /** @throws IllegalArgumentException if the value is negative or not finite */
    public synchronized void add(double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException(value + " cannot be in a distribution");
        }
        bins.merge(bin(value), 1L, Long::sum);
        while (bins.size() > MOST_BINS) {
            widen();
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        count++;
    }

    private int bin(double value) {
        return (int) Math.floor(Math.log(Math.max(value, SMALLEST)) / logOfFactor());
    }

    private double logOfFactor() {
        return Math.scalb(Math.log(2), -scale);
    }

    /** Two neighbours become one. */
    private void widen() {
        Map<Integer, Long> narrow = Map.copyOf(bins);
        bins.clear();
        scale--;
        narrow.forEach((bin, values) -> bins.merge(Math.floorDiv(bin, 2), values, Long::sum));
    }

    synchronized Bins bins() {
        List<Double> values = new ArrayList<>();
        bins.keySet().forEach(bin -> values.add(middle(bin)));
        return new Bins(List.copyOf(values), List.copyOf(bins.values()), min, max, sum, count);
    }

    /** Never outside of what was measured. */
    private double middle(int bin) {
        return Math.clamp(Math.exp((bin + 0.5) * logOfFactor()), min, max);
    }
}
