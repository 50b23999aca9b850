package io.walpost.bench.measure;

import io.walpost.bench.contender.ConsumerFunction;
import io.walpost.bench.contender.Contender;
import io.walpost.bench.contender.LogReader;
import io.walpost.bench.site.Site;
import java.util.Map;

/**
 * Runs a plan, round by round: each scenario of a round is done by all contenders, one after the other, so that what
 * else happens on the machine meets them all.
 */
public final class Benchmark {

    private final Stage stage;

    public Benchmark(Site site) {
        this.stage = new Stage(site);
    }

    /** May be called several times, once for a plan whose results do not count, say. */
    public Results run(Plan plan, Observer observer) throws InterruptedException {
        Results results = new Results();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Plan.Entry entry : plan.entries()) {
                if (!entry.contenders(round).isEmpty()) {
                    run(entry, round, new Record(observer, results));
                }
            }
        }
        return results;
    }

    private void run(Plan.Entry entry, int round, Record record) throws InterruptedException {
        switch (entry.scenario()) {
            case Scenario.Draining draining -> {
                record.observer().preparing("writing the backlog: " + draining.label());
                try (Drain drain = new Drain(stage, draining.backlog())) {
                    trials(entry, round, record, LogReader.class, drain::by);
                }
            }
            case Scenario.Following following ->
                trials(entry, round, record, LogReader.class, new Latency(stage, following.load())::of);
            case Scenario.Consuming consuming -> {
                record.observer().preparing("writing the topic: " + consuming.label());
                try (Consumption consumption = new Consumption(stage, consuming.deliveries())) {
                    trials(entry, round, record, ConsumerFunction.class, consumption::by);
                }
            }
            case Scenario.Reacting reacting ->
                trials(
                        entry,
                        round,
                        record,
                        ConsumerFunction.class,
                        new Reaction(stage, reacting.load(), reacting.relay())::of);
        }
    }

    /** @param kind of those that can do what the scenario asks for */
    private <C extends Contender> void trials(Plan.Entry entry, int round, Record record, Class<C> kind, Trial<C> trial)
            throws InterruptedException {
        for (Contender contender : entry.contenders(round)) {
            Scenario scenario = entry.scenario();
            record.observer().started(scenario, contender.label(), round);
            Sample sample = new Sample(scenario.id(), contender.id(), round, trial.by(kind.cast(contender)));
            record.add(sample);
        }
    }

    /** What becomes of the samples of a run. */
    private record Record(Observer observer, Results results) {
        void add(Sample sample) {
            results.add(sample);
            observer.finished(sample);
        }
    }

    @FunctionalInterface
    private interface Trial<C> {
        Map<Metric, Double> by(C contender) throws InterruptedException;
    }
}
