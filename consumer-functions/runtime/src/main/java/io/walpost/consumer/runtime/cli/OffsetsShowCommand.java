package io.walpost.consumer.runtime.cli;

import picocli.CommandLine.Command;

/** Shows the offsets of the group. */
@Command(
        name = "show",
        description = {
            "Shows for each partition where the consumer goes on, what Kafka has, and how many records are between.",
            "",
            "Nothing is changed."
        })
final class OffsetsShowCommand extends FunctionCommand {

    @Override
    protected int run(Tools tools) throws InterruptedException {
        print(new OffsetsReport(
                tools.offsets().topic(),
                tools.offsets().group(),
                tools.offsets().members(),
                tools.offsets().partitions()));
        return ExitCode.OK;
    }
}
