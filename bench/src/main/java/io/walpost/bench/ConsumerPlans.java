package io.walpost.bench;

import io.walpost.bench.measure.Load;
import io.walpost.bench.measure.Plan;
import io.walpost.bench.measure.Plan.Entry;
import io.walpost.bench.measure.Plan.Turn;
import io.walpost.bench.measure.Scenario.Consuming;
import io.walpost.bench.measure.Scenario.Reacting;
import io.walpost.bench.orders.Deliveries;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What is measured of the consumer functions, in the full form and in shorter ones. */
final class ConsumerPlans {

    static final String CONSUME = "consume";
    static final String REACT_500 = "react-500";

    static final List<String> SCENARIOS = List.of(CONSUME, REACT_500);

    private static final double UNREADABLE = 0.01;
    private static final double REPEATED = 0.05;

    private final Contenders contenders;

    ConsumerPlans(Contenders contenders) {
        this.contenders = contenders;
    }

    /** All of it. */
    Plan full(int rounds) {
        return consumed(150_000, 500, Plans.following(10, 30), rounds);
    }

    /** The same scenarios with fewer events, in about a minute. */
    Plan quick(int rounds) {
        return consumed(20_000, 500, Plans.following(2, 3), rounds);
    }

    /** Enough to see that each figure comes about, and of each function that its sink is read. */
    Plan smoke() {
        return new Plan(List.of(
                new Entry(consuming(1_000), turns(1)),
                new Entry(reacting(100, Plans.following(1, 2)), Plans.turns(1, contenders.cache()))));
    }

    /** What comes before: in production it is the functions that are started cold, not their sinks. */
    Plan warmUp() {
        return new Plan(List.of(new Entry(consuming(20_000), turns(1))));
    }

    private Plan consumed(int events, int perSecond, Duration[] following, int rounds) {
        return new Plan(List.of(
                new Entry(consuming(events), turns(rounds)), new Entry(reacting(perSecond, following), turns(rounds))));
    }

    private Reacting reacting(int perSecond, Duration[] following) {
        return new Reacting(
                REACT_500,
                perSecond + " events a second, from commit to effect",
                new Load(perSecond, 1, following[0], following[1]),
                contenders.relay());
    }

    private static Consuming consuming(int events) {
        return new Consuming(
                CONSUME,
                String.format(Locale.ROOT, "%,d order events, 5 %% of them twice, 1 %% unreadable", events),
                new Deliveries(events, UNREADABLE, REPEATED));
    }

    private List<Turn> turns(int rounds) {
        return Plans.turns(rounds, contenders.billing(), contenders.cache(), contenders.search());
    }
}
