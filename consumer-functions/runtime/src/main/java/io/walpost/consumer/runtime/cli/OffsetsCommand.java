package io.walpost.consumer.runtime.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the consumer goes on in its topic. */
@Command(
        name = "offsets",
        description = "Shows or moves the place in the topic at which the consumer goes on.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {OffsetsShowCommand.class, OffsetsResetCommand.class})
final class OffsetsCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }
}
