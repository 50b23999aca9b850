package io.walpost.bench;

import io.walpost.bench.measure.Metric;
import io.walpost.bench.measure.Observer;
import io.walpost.bench.measure.Sample;
import io.walpost.bench.measure.Scenario;
import io.walpost.bench.report.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says what is being done and what came of it, a line a trial. */
final class Screen implements Observer {

    /** What is as it has to be, or the trial fails. */
    private static final Set<Metric> UNSAID =
            EnumSet.of(Metric.DUPLICATES, Metric.DEAD_LETTERS, Metric.PARKED, Metric.WRITTEN);

    private final PrintStream out;
    private final int trials;
    private final long began = System.nanoTime();
    private int finished;

    Screen(PrintStream out, int trials) {
        this.out = out;
        this.trials = trials;
    }

    @Override
    public void preparing(String what) {
        out.printf("%s %s%n", elapsed(), what);
    }

    /** For trials that do not count. */
    Observer beforehand() {
        return new Observer() {
            @Override
            public void preparing(String what) {}

            @Override
            public void started(Scenario scenario, String contender, int round) {
                Screen.this.preparing("warming up: " + contender);
            }

            @Override
            public void finished(Sample sample) {}
        };
    }

    @Override
    public void started(Scenario scenario, String contender, int round) {
        out.printf(
                "%s trial %d of %d, round %d: %s: %s ... ",
                elapsed(), finished + 1, trials, round, scenario.label(), contender);
        out.flush();
    }

    @Override
    public void finished(Sample sample) {
        finished++;
        out.println(summary(sample.values()));
    }

    private static String summary(Map<Metric, Double> values) {
        List<String> parts = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            Double value = values.get(metric);
            boolean worthSaying = !UNSAID.contains(metric);
            if (value != null && worthSaying) {
                parts.add(metric.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + Figures.of(metric, value));
            }
        }
        return String.join(", ", parts);
    }

    private String elapsed() {
        long seconds = (System.nanoTime() - began) / 1_000_000_000;
        return String.format(Locale.ROOT, "%2d:%02d", seconds / 60, seconds % 60);
    }
}
