package io.walpost.consumer.runtime.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the program does without a command. It has no options, so that {@link Main} need not parse for it. */
@Command(name = "serve", description = "Applies events until it is stopped. This is what happens without a command.")
final class ServeCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "serve stands alone");
    }
}
