package io.walpost.bench;

import io.walpost.bench.contender.Contender;
import io.walpost.bench.measure.Load;
import io.walpost.bench.measure.Plan;
import io.walpost.bench.measure.Plan.Entry;
import io.walpost.bench.measure.Plan.Turn;
import io.walpost.bench.measure.Scenario;
import io.walpost.bench.measure.Scenario.Draining;
import io.walpost.bench.measure.Scenario.Following;
import io.walpost.bench.site.Backlog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is measured of the relay, in the full form and in shorter ones. */
final class Plans {

    static final String DRAIN_10 = "drain-10";
    static final String DRAIN_1 = "drain-1";
    static final String DRAIN_2K = "drain-2k";
    static final String DRAIN_MESSAGES = "drain-messages";
    static final String FOLLOW_500 = "follow-500";
    static final String FOLLOW_5000 = "follow-5000";
    static final String HUGE_BACKLOG = "huge-backlog";
    static final String HUGE_TRANSACTION = "huge-transaction";

    static final List<String> SCENARIOS = List.of(
            DRAIN_10, DRAIN_1, DRAIN_2K, DRAIN_MESSAGES, FOLLOW_500, FOLLOW_5000, HUGE_BACKLOG, HUGE_TRANSACTION);

    private static final int SMALL = 512;
    private static final int LARGE = 2048;

    private final Contenders contenders;

    Plans(Contenders contenders) {
        this.contenders = contenders;
    }

    /** All of it. */
    Plan full(int rounds) {
        List<Entry> entries = new ArrayList<>(measured(300_000, 300_000, rounds, following(10, 30)));
        List<Turn> relayOnce = List.of(new Turn(contenders.relay(), 1));
        entries.add(
                new Entry(draining(HUGE_BACKLOG, "3 million events", Backlog.ofRows(3_000_000, 10, SMALL)), relayOnce));
        entries.add(new Entry(
                draining(
                        HUGE_TRANSACTION,
                        "1 million events in one transaction",
                        Backlog.ofRows(1_000_000, 1_000_000, SMALL)),
                relayOnce));
        return new Plan(entries);
    }

    /** The same scenarios with fewer events and without Debezium's own defaults, in about two minutes. */
    Plan quick(int rounds) {
        return new Plan(measured(60_000, 20_000, rounds, following(2, 3)))
                .only(scenario -> true, contender -> !contender.id().equals(Contenders.DEBEZIUM_DEFAULT));
    }

    /** What a relay is trained with: a start, and enough events that the JVM sees what is worth compiling. */
    Plan training() {
        return new Plan(List.of(new Entry(
                draining("training", "Training", Backlog.ofRows(100_000, 10, SMALL)),
                List.of(new Turn(contenders.relayInTraining(), 1)))));
    }

    /** Enough to see that each figure comes about; without what has to be downloaded. */
    Plan smoke() {
        return new Plan(List.of(
                new Entry(
                        draining(DRAIN_10, "Drain", Backlog.ofRows(2_000, 10, SMALL)),
                        List.of(new Turn(contenders.relay(), 1), new Turn(contenders.ceiling(), 1))),
                new Entry(
                        new Following(
                                FOLLOW_500, "Follow", new Load(100, 1, Duration.ofSeconds(1), Duration.ofSeconds(2))),
                        List.of(new Turn(contenders.relay(), 1)))));
    }

    private List<Entry> measured(int events, int largeEvents, int rounds, Duration[] following) {
        List<Turn> draining = turns(
                rounds, contenders.ceiling(), contenders.relay(), contenders.relayExactlyOnce(), contenders.debezium());
        List<Turn> relaying = turns(rounds, contenders.relay(), contenders.relayExactlyOnce(), contenders.debezium());
        Turn untuned = new Turn(contenders.untunedDebezium(), 1);
        return List.of(
                new Entry(
                        draining(DRAIN_10, "Drain, 512 B, 10 rows a transaction", Backlog.ofRows(events, 10, SMALL)),
                        and(draining, untuned)),
                new Entry(
                        draining(DRAIN_1, "Drain, 512 B, 1 row a transaction", Backlog.ofRows(events, 1, SMALL)),
                        draining),
                new Entry(
                        draining(
                                DRAIN_2K, "Drain, 2 KB, 10 rows a transaction", Backlog.ofRows(largeEvents, 10, LARGE)),
                        draining),
                new Entry(
                        draining(
                                DRAIN_MESSAGES,
                                "Drain, 512 B, 10 logical messages a transaction",
                                Backlog.ofMessages(events, 10, SMALL)),
                        turns(rounds, contenders.ceiling(), contenders.relayOfMessages())),
                new Entry(
                        new Following(FOLLOW_500, "500 events a second", new Load(500, 1, following[0], following[1])),
                        and(relaying, untuned)),
                new Entry(
                        new Following(
                                FOLLOW_5000, "5,000 events a second", new Load(5_000, 10, following[0], following[1])),
                        relaying));
    }

    private static Scenario draining(String id, String label, Backlog backlog) {
        return new Draining(id, label, backlog);
    }

    static Duration[] following(int warmUpSeconds, int measuredSeconds) {
        return new Duration[] {Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(measuredSeconds)};
    }

    static List<Turn> turns(int rounds, Contender... contenders) {
        return Stream.of(contenders)
                .map(contender -> new Turn(contender, rounds))
                .toList();
    }

    private static List<Turn> and(List<Turn> turns, Turn another) {
        List<Turn> all = new ArrayList<>(turns);
        all.add(another);
        return List.copyOf(all);
    }
}
