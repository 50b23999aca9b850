package io.walpost.bench.report;

import io.walpost.bench.measure.Metric;
import io.walpost.bench.measure.Results;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A ratio to reach, or a figure.
 *
 * @param what for people
 * @param mine the figure that counts
 * @param other what it is divided by, if it is a ratio
 * @param limit the ratio, or the figure
 * @param atLeast whether more is better; otherwise less is
 */
public record Target(String what, Figure mine, Optional<Figure> other, double limit, boolean atLeast) {

    private static final String RELAY = "relay";

    /** One of the medians. */
    public record Figure(String scenario, String contender, Metric metric) {
        OptionalDouble in(Results results) {
            return results.median(scenario, contender, metric);
        }
    }

    /** The relay has at least so many times what another has. */
    public static Target atLeast(String what, String scenario, Metric metric, double limit, String than) {
        return ofRelay(what, scenario, metric, new Figure(scenario, than, metric), limit, true);
    }

    /** The relay has at most so many times what another has. */
    public static Target atMost(String what, String scenario, Metric metric, double limit, String than) {
        return ofRelay(what, scenario, metric, new Figure(scenario, than, metric), limit, false);
    }

    /** The relay has at most so many times what it has in another scenario. */
    public static Target atMostOf(String what, String scenario, Metric metric, double limit, String otherScenario) {
        return ofRelay(what, scenario, metric, new Figure(otherScenario, RELAY, metric), limit, false);
    }

    private static Target ofRelay(
            String what, String scenario, Metric metric, Figure other, double limit, boolean atLeast) {
        return new Target(what, new Figure(scenario, RELAY, metric), Optional.of(other), limit, atLeast);
    }

    /** The figure itself is so large at least. */
    public static Target atLeast(String what, Figure figure, double limit) {
        return new Target(what, figure, Optional.empty(), limit, true);
    }

    /** The ratio or figure that was reached; nothing if a part of it was not measured. */
    OptionalDouble reached(Results results) {
        OptionalDouble numerator = mine.in(results);
        OptionalDouble denominator = other.map(figure -> figure.in(results)).orElse(OptionalDouble.of(1));
        return numerator.isPresent() && denominator.isPresent()
                ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble())
                : OptionalDouble.empty();
    }

    boolean isMetBy(double value) {
        return atLeast ? value >= limit : value <= limit;
    }

    /** Such as {@code ≥ 4.5 × debezium}, or {@code ≥ 3,000 effects/s}. */
    String wanted() {
        return (atLeast ? "≥ " : "≤ ")
                + other.map(figure -> trimmed(limit) + " × " + name(figure))
                        .orElseGet(() -> Figures.of(mine.metric(), limit));
    }

    /** What was reached, for people. */
    String written(double value) {
        return other.isPresent() ? String.format(Locale.ROOT, "%.2f", value) : Figures.of(mine.metric(), value);
    }

    private static String name(Figure other) {
        return other.contender().equals(RELAY) ? other.scenario() : other.contender();
    }

    private static String trimmed(double number) {
        return String.format(Locale.ROOT, "%.2f", number).replaceAll("0$", "");
    }
}
