package io.walpost.consumer.runtime.cli;

import picocli.CommandLine.Command;

/** The memory of what has been applied. */
@Command(
        name = "inbox",
        description = "Keeps the inbox in shape: the table of the events that are applied.",
        subcommands = InboxMaintainCommand.class)
final class InboxCommand extends CommandGroup {}
