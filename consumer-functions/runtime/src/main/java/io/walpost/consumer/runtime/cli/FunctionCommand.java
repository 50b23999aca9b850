package io.walpost.consumer.runtime.cli;

import io.quarkus.arc.Arc;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that does something and ends. Results go to standard output, in words or as one JSON object; everything else
 * goes to standard error.
 */
@Command(sortOptions = false)
abstract class FunctionCommand implements Callable<Integer> {

    @Option(
            names = "--json",
            order = 90,
            description = "Prints one JSON object, also when it fails: {\"error\": {\"message\"}}.")
    private boolean json;

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
    protected abstract int run(Tools tools) throws CommandException, SQLException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run(Arc.container().instance(Tools.class).get());
        } catch (CommandException e) {
            return fail(e);
        } catch (SQLException e) {
            return fail(CommandException.of(e));
        } catch (KafkaException e) {
            return fail(CommandException.of(e));
        }
    }

    private int fail(CommandException failure) {
        if (json) {
            out().println(Json.pretty(Json.object()
                    .add("error", Json.object().add("message", failure.getMessage()))
                    .build()));
            out().flush();
        }
        warn(failure.getMessage());
        return failure.exitCode();
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
