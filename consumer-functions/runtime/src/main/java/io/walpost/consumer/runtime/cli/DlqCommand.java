package io.walpost.consumer.runtime.cli;

import picocli.CommandLine.Command;

/** The dead letters. */
@Command(
        name = "dlq",
        description =
                "Lists, shows and settles dead letters: records that could not be processed, and those parked behind them.",
        subcommands = {
            DlqListCommand.class,
            DlqShowCommand.class,
            DlqReplayCommand.class,
            DlqResolveCommand.class,
            DlqDiscardCommand.class
        })
final class DlqCommand extends CommandGroup {}
