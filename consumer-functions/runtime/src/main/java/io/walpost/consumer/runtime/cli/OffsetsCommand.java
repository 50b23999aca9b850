package io.walpost.consumer.runtime.cli;

import picocli.CommandLine.Command;

/** Where the consumer goes on in its topic. */
@Command(
        name = "offsets",
        description = "Shows or moves the place in the topic at which the consumer goes on.",
        subcommands = {OffsetsShowCommand.class, OffsetsResetCommand.class})
final class OffsetsCommand extends CommandGroup {}
