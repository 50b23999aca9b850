package io.walpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.bench.measure.Benchmark;
import io.walpost.bench.measure.Metric;
import io.walpost.bench.measure.Results;
import io.walpost.bench.measure.Sample;
import io.walpost.bench.site.Site;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark works: with few events, and without what has to be downloaded. How fast anyone is, is no test. */
class BenchIT {

    @TempDir
    private Path logs;

    /** Each trial fails unless its sink holds what the events say, duplicates and dead letters are counted, and no more. */
    @Test
    void measuresTheConsumersAndFindsEveryEffectInItsPlace() throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Results results;
        try (Site site = Site.start(logs)) {
            results = new Benchmark(site)
                    .run(new ConsumerPlans(new Contenders(root, root)).smoke(), new Screen(System.out, 4));
        }

        assertThat(results.samples())
                .extracting(sample -> sample.scenario() + " " + sample.contender())
                .containsExactly(
                        "consume billing",
                        "consume cache-invalidation",
                        "consume search",
                        "react-500 cache-invalidation");
        assertThat(results.samples().subList(0, 3)).extracting(Sample::values).allSatisfy(values -> {
            assertThat(values.get(Metric.EFFECTS)).isBetween(1.0, 1_000_000.0);
            assertThat(values.get(Metric.EFFECTS_FROM_START)).isPositive().isLessThan(values.get(Metric.EFFECTS));
            assertThat(values.get(Metric.FIRST_EFFECT)).isBetween(0.05, 120.0);
            assertThat(values.get(Metric.PEAK_MEMORY)).isBetween(20.0, 4_000.0);
            assertThat(values.get(Metric.CPU)).isPositive();
            assertThat(values.get(Metric.DUPLICATES)).isPositive();
            assertThat(values.get(Metric.DEAD_LETTERS)).isPositive();
        });
        Map<Metric, Double> reaction = results.samples().getLast().values();
        assertThat(reaction.get(Metric.P50)).isBetween(-50.0, 60_000.0);
        assertThat(reaction.get(Metric.P99)).isGreaterThanOrEqualTo(reaction.get(Metric.P50));
        assertThat(reaction.get(Metric.WRITTEN)).isPositive();
    }

    @Test
    void measuresTheRelayBesideTheCeilingAndMissesNoEvent() throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Results results;
        try (Site site = Site.start(logs)) {
            results = new Benchmark(site).run(new Plans(new Contenders(root, root)).smoke(), new Screen(System.out, 3));
        }

        assertThat(results.samples())
                .extracting(sample -> sample.scenario() + " " + sample.contender())
                .containsExactly("drain-10 relay", "drain-10 ceiling", "follow-500 relay");

        Map<Metric, Double> drain = results.samples().getFirst().values();
        assertThat(drain.get(Metric.RATE)).isBetween(10.0, 2_000_000.0);
        assertThat(drain.get(Metric.RATE_FROM_START)).isPositive().isLessThan(drain.get(Metric.RATE));
        assertThat(drain.get(Metric.FIRST_EVENT)).isBetween(0.05, 120.0);
        assertThat(drain.get(Metric.PEAK_MEMORY)).isBetween(20.0, 4_000.0);
        assertThat(drain.get(Metric.CPU)).isPositive();
        assertThat(drain.get(Metric.DUPLICATES)).isZero();

        Map<Metric, Double> ceiling = results.samples().get(1).values();
        assertThat(ceiling.get(Metric.RATE)).isBetween(10.0, 10_000_000.0);

        Sample following = results.samples().getLast();
        assertThat(following.values().get(Metric.P50)).isBetween(-50.0, 60_000.0);
        assertThat(following.values().get(Metric.P99))
                .isGreaterThanOrEqualTo(following.values().get(Metric.P50));
        assertThat(following.values().get(Metric.P999))
                .isGreaterThanOrEqualTo(following.values().get(Metric.P99));
        assertThat(following.values().get(Metric.WRITTEN)).isPositive();
        assertThat(following.values().get(Metric.DUPLICATES)).isZero();
    }
}
