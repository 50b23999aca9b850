package io.walpost.search.cli;

import io.walpost.consumer.SinkException;
import io.walpost.consumer.runtime.cli.ExitCode;
import io.walpost.search.IndexException;
import io.walpost.search.Sink;
import java.util.List;
import picocli.CommandLine.Command;

/** Makes the first index. */
@Command(
        name = "create",
        description =
                "Makes the first index with its mapping and the alias, unless the alias exists. Changes nothing then.")
final class IndexCreateCommand extends IndexAction {

    @Override
    int run(Configuration configuration, Sink sink) throws IndexException, SinkException, InterruptedException {
        boolean made = sink.admin().createIfAbsent();
        List<String> indices = sink.admin().behind(sink.admin().alias());
        print((made ? "Made " : "There is already ") + String.join(", ", indices) + " behind the alias "
                + sink.admin().alias());
        return ExitCode.OK;
    }
}
