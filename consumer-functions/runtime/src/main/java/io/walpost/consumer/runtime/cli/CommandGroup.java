package io.walpost.consumer.runtime.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that has others, and does nothing by itself. */
@Command(synopsisSubcommandLabel = "COMMAND")
public abstract class CommandGroup implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** Options and no command. */
    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }
}
