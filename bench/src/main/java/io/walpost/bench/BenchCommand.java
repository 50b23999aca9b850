package io.walpost.bench;

import io.walpost.bench.contender.DebeziumDistribution;
import io.walpost.bench.lambda.LambdaBenchmark;
import io.walpost.bench.measure.Benchmark;
import io.walpost.bench.measure.Plan;
import io.walpost.bench.measure.Results;
import io.walpost.bench.report.JsonFile;
import io.walpost.bench.report.Machine;
import io.walpost.bench.report.PerformancePage;
import io.walpost.bench.report.Report;
import io.walpost.bench.report.Report.Column;
import io.walpost.bench.report.Report.Row;
import io.walpost.bench.site.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
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
            "Measures the relay beside Debezium Server, each as a process, on a PostgreSQL and a Kafka of the benchmark's"
                    + " own: several rounds in turn, medians.",
            "The full form takes about a quarter of an hour and writes docs/performance.md. Leave the machine alone"
                    + " meanwhile. Debezium Server is downloaded once (780 MB) to ~/.cache/walpost."
        },
        footer = {"", "Exit codes: 0 measured, 1 something failed, 2 wrong options, 130 interrupted."})
final class BenchCommand implements Callable<Integer> {

    private static final int FULL_ROUNDS = 3;
    private static final int MOST_ROUNDS = 20;
    private static final List<String> NAMES = List.of(
            Contenders.CEILING,
            Contenders.RELAY,
            Contenders.EXACTLY_ONCE,
            Contenders.DEBEZIUM,
            Contenders.DEBEZIUM_DEFAULT);

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Fewer events and one round: about two minutes. Writes no page")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds (default: 3, with --quick 1)")
    private Integer rounds;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these: ceiling, relay, relay-exactly-once, debezium," + " debezium-default. Writes no page")
    private List<String> only;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these: drain-10, drain-1, drain-2k, drain-messages, follow-500, follow-5000, huge-backlog,"
                            + " huge-transaction. Writes no page")
    private List<String> scenarios;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the page to this file, also with --quick")
    private Path out;

    @Option(names = "--jmh", description = "Runs the microbenchmarks of decoder and router instead, and no servers")
    private boolean jmh;

    @Option(
            names = "--lambda",
            description = "Measures the relay as a Lambda function instead: invocations, cold and warm, and handovers."
                    + " Prints figures for docs/deploy-lambda.md")
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
            System.out.print(LambdaBenchmark.run(root, quick));
            return 0;
        }
        Path debezium = wants(Contenders.DEBEZIUM) || wants(Contenders.DEBEZIUM_DEFAULT)
                ? DebeziumDistribution.ofThisUser().home()
                : root;
        Contenders contenders = new Contenders(root, debezium);
        Plans plans = new Plans(contenders);
        int wanted = rounds != null ? rounds : quick ? 1 : FULL_ROUNDS;
        Plan plan = (quick ? plans.quick(wanted) : plans.full(wanted))
                .only(
                        scenario -> scenarios == null || scenarios.contains(scenario.id()),
                        contender -> wants(contender.id()));
        require(plan.trials() > 0, "Nothing is left to measure");
        if (wants(Contenders.RELAY) && contenders.relayNeedsTraining()) {
            run(plans.training(), root, (site, screen) -> {});
        }
        Results results = run(plan, root, (site, screen) -> {
            screen.preparing("warming up Kafka");
            site.warmUp();
        });
        publish(plan, results, root);
        return 0;
    }

    private static Results run(Plan plan, Path root, BiConsumer<Site, Screen> preparation) throws InterruptedException {
        Screen screen = new Screen(System.out, plan.trials());
        screen.preparing("starting PostgreSQL and Kafka");
        try (Site site = Site.start(root.resolve("bench/target/logs"))) {
            preparation.accept(site, screen);
            return new Benchmark(site, screen).run(plan);
        }
    }

    private void publish(Plan plan, Results results, Path root) {
        Report report = new Report(
                results,
                plan.contenders().stream()
                        .map(contender -> new Column(contender.id(), contender.label()))
                        .distinct()
                        .toList(),
                plan.entries().stream()
                        .map(entry ->
                                new Row(entry.scenario().id(), entry.scenario().label()))
                        .toList(),
                Targets.ALL,
                Machine.thisOne(),
                plan.rounds());
        System.out.println();
        System.out.println(report.text());
        Path json = root.resolve("bench/target/results.json");
        JsonFile.write(json, report);
        System.out.println("All samples: " + json);
        Path page = out != null
                ? out
                : quick || only != null || scenarios != null ? null : root.resolve("docs/performance.md");
        if (page != null) {
            PerformancePage.write(page, report);
            System.out.println("Written: " + page);
        }
    }

    private boolean wants(String contender) {
        return only == null || only.contains(contender);
    }

    private void validate() {
        require(rounds == null || rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds must be from 1 to " + MOST_ROUNDS);
        require(
                scenarios == null || Plans.SCENARIOS.containsAll(scenarios),
                "--scenario takes " + String.join(", ", Plans.SCENARIOS));
        require(only == null || NAMES.containsAll(only), "--only takes " + String.join(", ", NAMES));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
