package io.walpost.search;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a person does with the index. */
@Command(
        name = "index",
        description = "Makes the index of orders, or builds it anew from the topic.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IndexCreateCommand.class, IndexRebuildCommand.class})
public final class IndexCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** Options and no command. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A command is missing");
    }
}
