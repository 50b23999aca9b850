package io.walpost.demo.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics of a service at one moment, as it gives them to Prometheus. */
public final class MetricsPage {

    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(\\{.*\\})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern UPPER_BOUND = Pattern.compile("[{,]le=\"([^\"]+)\"");

    /** Of a service that says nothing. */
    public static final MetricsPage EMPTY = new MetricsPage("");

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(String name, String labels, double value) {}

    MetricsPage(String text) {
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            String labels = sample.group(2) == null ? "" : sample.group(2);
            samples.add(new Sample(sample.group(1), labels, number(sample.group(3))));
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /**
     * The sum of all series of a name; empty if there is none.
     *
     * @param labels what else a series must have, each as in {@code outcome="applied"}
     */
    public OptionalDouble sum(String name, String... labels) {
        double sum = 0;
        boolean found = false;
        for (Sample sample : samples) {
            if (sample.name.equals(name) && hasAll(sample, labels)) {
                sum += sample.value;
                found = true;
            }
        }
        return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    private static boolean hasAll(Sample sample, String... labels) {
        for (String label : labels) {
            if (!sample.labels.contains(label)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What a share of a histogram's values does not exceed, assuming that they lie evenly within each bucket; empty if there
     * is no value yet.
     *
     * @param share from 0 to 1
     */
    public OptionalDouble quantile(String histogram, double share) {
        SortedMap<Double, Double> buckets = new TreeMap<>();
        for (Sample sample : samples) {
            Matcher bound = UPPER_BOUND.matcher(sample.labels);
            if (sample.name.equals(histogram + "_bucket") && bound.find()) {
                buckets.merge(number(bound.group(1)), sample.value, Double::sum);
            }
        }
        double wanted = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue() * share;
        return wanted == 0 ? OptionalDouble.empty() : OptionalDouble.of(interpolate(buckets, wanted));
    }

    private static double interpolate(SortedMap<Double, Double> buckets, double wanted) {
        double below = 0;
        double countBelow = 0;
        for (var bucket : buckets.entrySet()) {
            if (bucket.getValue() >= wanted) {
                if (bucket.getKey().isInfinite()) {
                    return below;
                }
                double within = (wanted - countBelow) / (bucket.getValue() - countBelow);
                return below + within * (bucket.getKey() - below);
            }
            below = bucket.getKey();
            countBelow = bucket.getValue();
        }
        return below;
    }
}
