package io.walpost.localstack;

import picocli.CommandLine;

/** Runs the servers by hand: {@code java -jar walpost-local-stack.jar --help}. */
public final class LocalStack {

    private static final int FAILED = 1;

    private LocalStack() {}

    public static void main(String[] args) {
        // The clients' own log would drown what this program says, and there is no logging backend to filter it.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new StackCommand()).setExecutionExceptionHandler((failure, command, arguments) -> {
            if (failure instanceof LocalStackException expected) {
                command.getErr().println(expected.getMessage());
                return FAILED;
            }
            throw failure;
        });
    }
}
