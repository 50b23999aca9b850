package io.walpost.bench;

import io.walpost.bench.contender.DebeziumDistribution;
import io.walpost.bench.lambda.LambdaBenchmark;
import io.walpost.bench.measure.Benchmark;
import io.walpost.bench.measure.Plan;
import io.walpost.bench.measure.Results;
import io.walpost.bench.report.JsonFile;
import io.walpost.bench.report.Layout;
import io.walpost.bench.report.Machine;
import io.walpost.bench.report.PerformancePage;
import io.walpost.bench.report.Report;
import io.walpost.bench.report.Report.Column;
import io.walpost.bench.report.Report.Row;
import io.walpost.bench.report.Target;
import io.walpost.bench.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmark. */
@Command(
        name = "bench/run",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures the relay beside Debezium Server, and the consumer functions, each as a process, on servers of the"
                    + " benchmark's own: several rounds in turn, medians.",
            "The full form takes about half an hour and writes docs/performance.md. Leave the machine alone"
                    + " meanwhile. Debezium Server is downloaded once (780 MB) to ~/.cache/walpost."
        },
        footer = {"", "Exit codes: 0 measured, 1 something failed, 2 wrong options, 130 interrupted."})
final class BenchCommand implements Callable<Integer> {

    private static final int FULL_ROUNDS = 3;
    private static final int MOST_ROUNDS = 20;
    private static final String ALL_CONSUMERS = "consumers";
    private static final List<String> CONSUMERS =
            List.of(Contenders.BILLING, Contenders.CACHE, Contenders.SEARCH, ALL_CONSUMERS);
    private static final List<String> NAMES = Stream.concat(
                    Stream.of(
                            Contenders.CEILING,
                            Contenders.RELAY,
                            Contenders.EXACTLY_ONCE,
                            Contenders.DEBEZIUM,
                            Contenders.DEBEZIUM_DEFAULT),
                    CONSUMERS.stream())
            .toList();
    private static final List<String> SCENARIOS = Stream.concat(
                    Plans.SCENARIOS.stream(), ConsumerPlans.SCENARIOS.stream())
            .toList();

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Fewer events and one round: about three minutes. Writes no page")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds (default: 3, with --quick 1)")
    private Integer rounds;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these: ceiling, relay, relay-exactly-once, debezium, debezium-default, billing,"
                    + " cache-invalidation, search, or consumers for the last three. Writes the part of the page of"
                    + " which nothing is left out")
    private List<String> only;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these: drain-10, drain-1, drain-2k, drain-messages, follow-500, follow-5000, huge-backlog,"
                            + " huge-transaction, consume, react-500. Writes no page")
    private List<String> scenarios;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the page to this file, also with --quick")
    private Path out;

    @Option(names = "--jmh", description = "Runs the microbenchmarks of decoder and router instead, and no servers")
    private boolean jmh;

    @Option(
            names = "--lambda",
            description = "Measures the relay as a Lambda function instead: invocations, cold and warm, and handovers."
                    + " Prints the table of docs/deploy-lambda.md, with targets")
    private boolean lambda;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text")
    private boolean help;

    @Override
    public Integer call() throws Exception {
        validate();
        Path root = Path.of(System.getProperty("walpost.home", "."));
        if (jmh) {
            Microbenchmarks.run(root.resolve("bench/target/jmh.json"));
            return 0;
        }
        if (lambda) {
            System.out.print(LambdaBenchmark.run(root, quick, Targets.FUNCTION));
            return 0;
        }
        boolean ofTheRelay = scenarios == null || scenarios.stream().anyMatch(Plans.SCENARIOS::contains);
        Path debezium = ofTheRelay && (wants(Contenders.DEBEZIUM) || wants(Contenders.DEBEZIUM_DEFAULT))
                ? DebeziumDistribution.ofThisUser().home()
                : root;
        Contenders contenders = new Contenders(root, debezium);
        boolean relay = measureRelay(contenders, root);
        boolean consumers = measureConsumers(contenders, root);
        require(relay || consumers, "Nothing is left to measure");
        return 0;
    }

    private boolean measureRelay(Contenders contenders, Path root) throws InterruptedException {
        Plans plans = new Plans(contenders);
        Plan plan = chosen(quick ? plans.quick(rounds()) : plans.full(rounds()));
        if (plan.trials() == 0) {
            return false;
        }
        if (wants(Contenders.RELAY) && contenders.relayNeedsTraining()) {
            run(plans.training(), root, (site, benchmark, screen) -> {});
        }
        Results results = run(plan, root, BenchCommand::warmUpKafka);
        publish(plan, plans.full(rounds()), results, Layout.RELAY, Targets.RELAY, root);
        return true;
    }

    private boolean measureConsumers(Contenders contenders, Path root) throws InterruptedException {
        ConsumerPlans plans = new ConsumerPlans(contenders);
        Plan plan = chosen(quick ? plans.quick(rounds()) : plans.full(rounds()));
        if (plan.trials() == 0) {
            return false;
        }
        Results results = run(plan, root, (site, benchmark, screen) -> {
            warmUpKafka(site, benchmark, screen);
            benchmark.run(
                    plans.warmUp().only(scenario -> true, contender -> wants(contender.id())), screen.beforehand());
        });
        publish(plan, plans.full(rounds()), results, Layout.CONSUMERS, Targets.CONSUMERS, root);
        return true;
    }

    private static void warmUpKafka(Site site, Benchmark benchmark, Screen screen) {
        screen.preparing("warming up Kafka");
        site.warmUp();
    }

    private Plan chosen(Plan plan) {
        return plan.only(
                scenario -> scenarios == null || scenarios.contains(scenario.id()), contender -> wants(contender.id()));
    }

    private int rounds() {
        return rounds != null ? rounds : quick ? 1 : FULL_ROUNDS;
    }

    private static Results run(Plan plan, Path root, Preparation preparation) throws InterruptedException {
        Screen screen = new Screen(System.out, plan.trials());
        screen.preparing("starting the servers");
        try (Site site = Site.start(root.resolve("bench/target/logs"))) {
            Benchmark benchmark = new Benchmark(site);
            preparation.on(site, benchmark, screen);
            return benchmark.run(plan, screen);
        }
    }

    @FunctionalInterface
    private interface Preparation {
        void on(Site site, Benchmark benchmark, Screen screen) throws InterruptedException;
    }

    /** @param full what the page is to have */
    private void publish(Plan plan, Plan full, Results results, Layout layout, List<Target> targets, Path root) {
        Report report = new Report(
                layout,
                results,
                plan.contenders().stream()
                        .map(contender -> new Column(contender.id(), contender.label()))
                        .distinct()
                        .toList(),
                plan.entries().stream()
                        .map(entry ->
                                new Row(entry.scenario().id(), entry.scenario().label()))
                        .toList(),
                targets,
                Machine.thisOne(),
                plan.rounds());
        System.out.println();
        System.out.println(report.text());
        Path json = root.resolve("bench/target/results" + layout.suffix() + ".json");
        JsonFile.write(json, report);
        System.out.println("All samples: " + json);
        boolean complete = !quick && plan.trials() == full.trials();
        Path page = out != null ? out : complete ? root.resolve("docs/performance.md") : null;
        if (page != null) {
            PerformancePage.write(page, report);
            System.out.println("Written: " + page);
        }
    }

    private boolean wants(String contender) {
        return only == null
                || only.contains(contender)
                || CONSUMERS.contains(contender) && only.contains(ALL_CONSUMERS);
    }

    private void validate() {
        require(rounds == null || rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds must be from 1 to " + MOST_ROUNDS);
        require(
                scenarios == null || SCENARIOS.containsAll(scenarios),
                "--scenario takes " + String.join(", ", SCENARIOS));
        require(only == null || NAMES.containsAll(only), "--only takes " + String.join(", ", NAMES));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
