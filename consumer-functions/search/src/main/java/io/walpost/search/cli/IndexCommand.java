package io.walpost.search.cli;

import io.walpost.consumer.runtime.cli.CommandGroup;
import picocli.CommandLine.Command;

/** What a person does with the index. */
@Command(
        name = "index",
        description = "Makes the index of orders, or builds it anew from the topic.",
        subcommands = {IndexCreateCommand.class, IndexRebuildCommand.class})
public final class IndexCommand extends CommandGroup {}
