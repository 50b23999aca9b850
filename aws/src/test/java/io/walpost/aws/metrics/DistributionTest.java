package io.walpost.aws.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void keepsPercentilesOfFiveDecades() {
        Distribution distribution = new Distribution();
        long seed = System.nanoTime();
        double[] values = new Random(seed)
                .doubles(20_000)
                .map(random -> Math.pow(10, 5 * random))
                .toArray();
        Arrays.stream(values).forEach(distribution::add);
        Arrays.sort(values);

        Distribution.Bins bins = distribution.bins();

        assertThat(bins.values())
                .as("seed %d", seed)
                .hasSizeLessThanOrEqualTo(100)
                .isSorted();
        assertThat(bins.count()).isEqualTo(values.length);
        assertThat(bins.min()).isEqualTo(values[0]);
        assertThat(bins.max()).isEqualTo(values[values.length - 1]);
        for (double percentile : new double[] {0.1, 0.5, 0.9, 0.99}) {
            double exact = values[(int) (percentile * values.length)];
            assertThat(percentile(bins, percentile))
                    .as("%s with seed %d", percentile, seed)
                    .isCloseTo(exact, within(exact / 11));
        }
    }

    @Test
    void tellsCloseValuesApart() {
        Distribution distribution = new Distribution();
        for (int millis = 100; millis < 120; millis++) {
            distribution.add(millis);
        }

        assertThat(distribution.bins().values()).hasSize(20);
    }

    @Test
    void takesZeroAndRefusesWhatIsNoMeasurement() {
        Distribution distribution = new Distribution();
        distribution.add(0);

        assertThat(distribution.bins().values()).containsExactly(0.0);
        assertThatThrownBy(() -> distribution.add(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> distribution.add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double percentile(Distribution.Bins bins, double percentile) {
        long wanted = (long) (percentile * bins.count());
        long seen = 0;
        int bin = 0;
        while (true) {
            seen += bins.counts().get(bin);
            if (seen > wanted) {
                return bins.values().get(bin);
            }
            bin++;
        }
    }
}
