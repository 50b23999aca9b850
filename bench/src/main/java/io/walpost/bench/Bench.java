package io.walpost.bench;

import io.walpost.bench.site.BenchException;
import io.walpost.localstack.LocalStackException;
import picocli.CommandLine;

/** Runs the benchmark; {@code bench/run} starts it. */
public final class Bench {

    private static final int FAILED = 1;

    private Bench() {}

    public static void main(String[] args) {
        // The clients' own log would drown what this program says, and there is no logging backend to filter it.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Interruption interruption = Interruption.ofThisThread();
        int exitCode = commandLine(interruption).execute(args);
        interruption.over();
        System.exit(exitCode);
    }

    private static CommandLine commandLine(Interruption interruption) {
        return new CommandLine(new BenchCommand()).setExecutionExceptionHandler((failure, command, arguments) -> {
            if (interruption.requested()) {
                return Interruption.EXIT_CODE;
            }
            if (failure instanceof BenchException || failure instanceof LocalStackException) {
                command.getErr().println(failure.getMessage());
                return FAILED;
            }
            throw failure;
        });
    }
}
