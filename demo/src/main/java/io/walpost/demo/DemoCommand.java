package io.walpost.demo;

import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.DemoException;
import io.walpost.demo.stage.Installation;
import io.walpost.demo.stage.Ports;
import io.walpost.demo.stage.Stage;
import io.walpost.demo.stage.StageFolder;
import io.walpost.demo.stage.StagePlan;
import io.walpost.demo.terminal.Screen;
import io.walpost.localstack.LocalStackException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the demo. */
@Command(
        name = "./walpost demo",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Runs Walpost on this machine, without Docker: PostgreSQL, Kafka, Redis, OpenSearch, an order service, the"
                    + " relay, and three consumers: billing, cache-invalidation and search.",
            "Places orders, shows what becomes of them, and checks that every committed order has one invoice, that no"
                    + " rolled-back order has one, that the cache holds nothing stale, that the search index holds exactly"
                    + " the orders as they are, and that each order's events arrived in order. Then it keeps running, to"
                    + " be tried by hand, until Ctrl-C."
        },
        footer = {"", "Exit codes: 0 all holds, 1 it does not or something failed, 2 wrong options, 130 interrupted."})
final class DemoCommand implements Callable<Integer> {

    private static final int NOT_GOOD = 1;
    private static final int MOST_ORDERS = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many orders are committed (default: ${DEFAULT-VALUE}); some more are rolled back")
    private int orders;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Orders a second (default: ${DEFAULT-VALUE}); 0 for as many as possible")
    private double rate;

    @Option(names = "--exit", description = "End with the check instead of waiting for Ctrl-C")
    private boolean exit;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description =
                    "Use PORT to PORT+8 for order service, relay, billing, cache-invalidation, search, PostgreSQL,"
                            + " Kafka, Redis and OpenSearch (default: 18080 to 18084, 15432, 19092, 16379, 19200)")
    private Integer portBase;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Keeps data and logs (default: .walpost/demo beside the launcher); each run begins by"
                    + " emptying it")
    private Path data;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        validate();
        Screen screen = Screen.onStandardOutput();
        Installation installation = Installation.ofLauncher();
        StageFolder folder = new StageFolder(data == null ? installation.data() : data);
        Ports ports = portBase == null ? Ports.defaults() : Ports.from(portBase);
        screen.title("Starting on 127.0.0.1; logs are in " + folder.logs());
        try (Stage stage = new Stage(
                installation,
                folder,
                ports,
                StagePlan.of(ConsumerFunction.values()),
                (part, where, taken) -> screen.done(
                        part, String.format(Locale.ROOT, "%s, after %.1f s", where, taken.toMillis() / 1000.0)))) {
            stage.start();
            Tour tour = new Tour(stage, installation.launcher());
            return new DemoRun(stage, screen, tour).run(orders, rate, exit) ? 0 : NOT_GOOD;
        } catch (DemoException | LocalStackException failure) {
            throw folder.isFull() ? diskFull(folder, failure) : failure;
        }
    }

    /** A part that cannot write may not be able to say so in its log either. */
    private static DemoException diskFull(StageFolder folder, RuntimeException failure) {
        return new DemoException(
                "The disk of %s is full. Free some space, or choose another folder with --data.%n%s"
                        .formatted(folder.path(), failure.getMessage()),
                failure);
    }

    private void validate() {
        require(orders >= 1 && orders <= MOST_ORDERS, "--orders must be from 1 to " + MOST_ORDERS);
        require(rate >= 0 && Double.isFinite(rate), "--rate must not be negative");
        require(
                portBase == null || portBase >= Ports.MIN_BASE && portBase <= Ports.MAX_BASE,
                "--port-base must be from " + Ports.MIN_BASE + " to " + Ports.MAX_BASE);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
