package io.walpost.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** All samples so far. */
public final class Results {

    private final List<Sample> samples = new ArrayList<>();

    public void add(Sample sample) {
        samples.add(sample);
    }

    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The median over the rounds; of an even number of rounds, the mean of the two in the middle. */
    public OptionalDouble median(String scenario, String contender, Metric metric) {
        double[] values = samples.stream()
                .filter(sample -> sample.scenario().equals(scenario)
                        && sample.contender().equals(contender)
                        && sample.values().containsKey(metric))
                .mapToDouble(sample -> sample.values().get(metric))
                .sorted()
                .toArray();
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = values.length / 2;
        return OptionalDouble.of(values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    }
}
