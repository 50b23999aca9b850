package io.walpost.bench.measure;

import java.util.Map;

/**
 * The outcome of one trial.
 *
 * @param scenario what was to be done
 * @param contender who did it
 * @param round from 1
 */
public record Sample(String scenario, String contender, int round, Map<Metric, Double> values) {

    public Sample {
        values = Map.copyOf(values);
    }
}
