package io.walpost.bench.report;

import io.walpost.bench.measure.Metric;
import io.walpost.bench.measure.Results;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A ratio to reach.
 *
 * @param what for people
 * @param mine the figure of the relay
 * @param other what it is divided by
 * @param limit the ratio
 * @param atLeast whether more is better; otherwise less is
 */
public record Target(String what, Figure mine, Figure other, double limit, boolean atLeast) {

    private static final String RELAY = "relay";

    /** One of the medians. */
    public record Figure(String scenario, String contender, Metric metric) {
        OptionalDouble in(Results results) {
            return results.median(scenario, contender, metric);
        }
    }

    /** The relay has at least so many times what another has. */
    public static Target atLeast(String what, String scenario, Metric metric, double limit, String than) {
        return new Target(what, new Figure(scenario, RELAY, metric), new Figure(scenario, than, metric), limit, true);
    }

    /** The relay has at most so many times what another has. */
    public static Target atMost(String what, String scenario, Metric metric, double limit, String than) {
        return new Target(what, new Figure(scenario, RELAY, metric), new Figure(scenario, than, metric), limit, false);
    }

    /** The relay has at most so many times what it has in another scenario. */
    public static Target atMostOf(String what, String scenario, Metric metric, double limit, String otherScenario) {
        return new Target(
                what, new Figure(scenario, RELAY, metric), new Figure(otherScenario, RELAY, metric), limit, false);
    }

    /** The ratio that was reached; nothing if one of its parts was not measured. */
    OptionalDouble reached(Results results) {
        OptionalDouble numerator = mine.in(results);
        OptionalDouble denominator = other.in(results);
        return numerator.isPresent() && denominator.isPresent()
                ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble())
                : OptionalDouble.empty();
    }

    boolean isMetBy(double ratio) {
        return atLeast ? ratio >= limit : ratio <= limit;
    }

    /** Such as {@code ≥ 4.5 × debezium}. */
    String wanted() {
        String than = other.contender().equals(RELAY) ? other.scenario() : other.contender();
        return String.format(Locale.ROOT, "%s %s × %s", atLeast ? "≥" : "≤", trimmed(limit), than);
    }

    private static String trimmed(double number) {
        return String.format(Locale.ROOT, "%.2f", number).replaceAll("0$", "");
    }
}
