package io.walpost.bench;

import io.walpost.bench.lambda.FunctionTargets;
import io.walpost.bench.measure.Metric;
import io.walpost.bench.report.Target;
import io.walpost.bench.report.Target.Figure;
import java.util.List;

/**
 * What is to be reached: by the relay beside others in the same run, by the consumers and by the relay's Lambda function on a
 * machine of two cores.
 */
final class Targets {

    static final List<Target> RELAY = List.of(
            Target.atLeast("Drain, 10 rows a transaction", Plans.DRAIN_10, Metric.RATE, 0.9, Contenders.CEILING),
            Target.atLeast("Drain, 10 rows a transaction", Plans.DRAIN_10, Metric.RATE, 4.5, Contenders.DEBEZIUM),
            Target.atLeast("Drain, 1 row a transaction", Plans.DRAIN_1, Metric.RATE, 2.5, Contenders.DEBEZIUM),
            Target.atMost("p99 at 500 events a second", Plans.FOLLOW_500, Metric.P99, 0.5, Contenders.DEBEZIUM),
            Target.atMost("First event", Plans.DRAIN_10, Metric.FIRST_EVENT, 0.35, Contenders.DEBEZIUM),
            Target.atMost("Peak memory", Plans.DRAIN_10, Metric.PEAK_MEMORY, 0.3, Contenders.DEBEZIUM),
            Target.atMost("CPU per event", Plans.DRAIN_10, Metric.CPU, 0.25, Contenders.DEBEZIUM),
            Target.atMostOf(
                    "Peak memory, 3 million events beside 300,000",
                    Plans.HUGE_BACKLOG,
                    Metric.PEAK_MEMORY,
                    1.1,
                    Plans.DRAIN_10),
            Target.atMostOf(
                    "Peak memory, one transaction of 1 million rows beside 300,000 events",
                    Plans.HUGE_TRANSACTION,
                    Metric.PEAK_MEMORY,
                    1.1,
                    Plans.DRAIN_10));

    static final List<Target> CONSUMERS = List.of(
            effects("Billing", Contenders.BILLING, 3_000),
            effects("Cache invalidation", Contenders.CACHE, 10_000),
            effects("Search", Contenders.SEARCH, 5_000));

    static final FunctionTargets FUNCTION = new FunctionTargets(80, 1_500, 100, 500);

    private Targets() {}

    private static Target effects(String what, String function, double perSecond) {
        return Target.atLeast(
                what + ", duplicates and dead letters included",
                new Figure(ConsumerPlans.CONSUME, function, Metric.EFFECTS),
                perSecond);
    }
}
