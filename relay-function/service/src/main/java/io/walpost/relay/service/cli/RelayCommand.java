package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.ExitCode;
import io.walpost.relay.service.RelayJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that does something and ends. Results go to standard output, in words or as one JSON object; everything else
 * goes to standard error.
 */
@Command(sortOptions = false)
abstract class RelayCommand implements Callable<Integer> {

    @Option(
            names = "--json",
            order = 90,
            description = "Prints one JSON object, also when it fails: {\"error\": {\"kind\", \"message\", \"hint\"}}.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            order = 91,
            description = "Says more of what it does, to standard error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            order = 92,
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /**
     * Does it.
     *
     * @return one of {@link ExitCode}
     */
    protected abstract int run(Configuration configuration) throws RelayException, InterruptedException;

    /** Whether misspelt settings are part of the result. */
    protected boolean tellsUnknownNames() {
        return false;
    }

    @Override
    public final Integer call() throws InterruptedException {
        CommandLog.toStandardError(verbose);
        try {
            Configuration configuration = Configuration.load();
            if (!tellsUnknownNames()) {
                configuration.unknownNames().forEach(this::warn);
            }
            return run(configuration);
        } catch (RelayException e) {
            fail(e);
            return ExitCode.of(e.kind());
        }
    }

    private void fail(RelayException failure) {
        String hint = hint(failure);
        if (json) {
            out().println(Json.pretty(RelayJson.error(failure, hint)));
        }
        warn(failure.getMessage() + "\n" + hint);
    }

    /** What the relay does when it goes on running is nothing that a command does. */
    private static String hint(RelayException failure) {
        return switch (failure.kind()) {
            case SLOT_BUSY -> "Stop it first, or leave the work to it.";
            case DATABASE_UNAVAILABLE -> "Is PostgreSQL up and reachable?";
            // Where something has a better hint than its kind, that stays.
            case CONFIGURATION, PRECONDITION ->
                failure.hint().equals(failure.kind().hint())
                        ? "Mend that, then run the command again; doctor checks everything."
                        : failure.hint();
            default -> failure.hint();
        };
    }

    /** Prints the result. */
    protected final void print(Report report) {
        out().println(json ? Json.pretty(report.json()) : report.text());
        out().flush();
    }

    /** Tells somebody who is looking on what is being done. */
    protected final void tell(String text) {
        if (!json) {
            warn(text);
        }
    }

    private void warn(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final CommandSpec spec() {
        return spec;
    }
}
