package io.walpost.bench.measure;

import io.walpost.bench.contender.Contender;
import io.walpost.bench.site.Site;
import java.util.Map;

/**
 * Runs a plan, round by round: each scenario of a round is done by all contenders, one after the other, so that what
 * else happens on the machine meets them all.
 */
public final class Benchmark {

    private final Stage stage;
    private final Observer observer;
    private final Results results = new Results();

    public Benchmark(Site site, Observer observer) {
        this.stage = new Stage(site);
        this.observer = observer;
    }

    public Results run(Plan plan) throws InterruptedException {
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Plan.Entry entry : plan.entries()) {
                if (!entry.contenders(round).isEmpty()) {
                    run(entry, round);
                }
            }
        }
        return results;
    }

    private void run(Plan.Entry entry, int round) throws InterruptedException {
        switch (entry.scenario()) {
            case Scenario.Draining draining -> {
                observer.preparing("writing the backlog: " + draining.label());
                try (Drain drain = new Drain(stage, draining.backlog())) {
                    for (Contender contender : entry.contenders(round)) {
                        trial(draining, contender, round, drain::by);
                    }
                }
            }
            case Scenario.Following following -> {
                Latency latency = new Latency(stage, following.load());
                for (Contender contender : entry.contenders(round)) {
                    trial(following, contender, round, latency::of);
                }
            }
        }
    }

    private void trial(Scenario scenario, Contender contender, int round, Trial trial) throws InterruptedException {
        observer.started(scenario, contender.label(), round);
        Sample sample = new Sample(scenario.id(), contender.id(), round, trial.by(contender));
        results.add(sample);
        observer.finished(sample);
    }

    @FunctionalInterface
    private interface Trial {
        Map<Metric, Double> by(Contender contender) throws InterruptedException;
    }
}
