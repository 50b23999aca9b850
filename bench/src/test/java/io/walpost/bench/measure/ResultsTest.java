package io.walpost.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final Results results = new Results();

    private void add(String contender, int round, double rate) {
        results.add(new Sample("drain", contender, round, Map.of(Metric.RATE, rate)));
    }

    @Test
    void takesTheMedianOfOneContendersRounds() {
        add("relay", 1, 30);
        add("relay", 2, 10);
        add("debezium", 1, 1);
        add("relay", 3, 20);
        assertThat(results.median("drain", "relay", Metric.RATE)).hasValue(20);
        add("relay", 4, 40);
        assertThat(results.median("drain", "relay", Metric.RATE)).hasValue(25);
    }

    @Test
    void hasNoneOfWhatWasNotMeasured() {
        add("relay", 1, 30);
        assertThat(results.median("drain", "relay", Metric.CPU)).isEqualTo(OptionalDouble.empty());
        assertThat(results.median("follow", "relay", Metric.RATE)).isEqualTo(OptionalDouble.empty());
    }
}
