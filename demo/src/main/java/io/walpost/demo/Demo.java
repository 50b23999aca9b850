package io.walpost.demo;

import io.walpost.demo.stage.DemoException;
import io.walpost.localstack.LocalStackException;
import picocli.CommandLine;

/** Runs the demo; {@code ./walpost demo} starts it. */
public final class Demo {

    private static final int FAILED = 1;
    private static final int WRONG_OPTIONS = 2;

    private Demo() {}

    public static void main(String[] args) {
        // The clients' own log would drown what this program says, and there is no logging backend to filter it.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Interruption interruption = Interruption.ofThisThread();
        int exitCode = commandLine(interruption).execute(args);
        interruption.over();
        System.exit(exitCode);
    }

    private static CommandLine commandLine(Interruption interruption) {
        CommandLine commandLine = new CommandLine(new DemoCommand());
        commandLine.setParameterExceptionHandler((mistake, arguments) -> {
            commandLine.getErr().println(mistake.getMessage() + ". ./walpost demo --help shows the options.");
            return WRONG_OPTIONS;
        });
        return commandLine.setExecutionExceptionHandler((failure, command, arguments) -> {
            if (interruption.requested()) {
                return Interruption.EXIT_CODE;
            }
            if (failure instanceof DemoException || failure instanceof LocalStackException) {
                command.getErr().println(failure.getMessage());
                return FAILED;
            }
            throw failure;
        });
    }
}
