package io.walpost.search.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Where the process of the search function begins: with a command of the index, or with what every function can do. */
@QuarkusMain(name = "search")
public final class Main {

    private static final String INDEX = "index";

    private Main() {}

    public static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals(INDEX)) {
            // Without starting the function, which a rebuild must not: it would consume, too.
            CommandLog.toStandardError();
            System.exit(new CommandLine(new Commands()).execute(arguments));
        }
        io.walpost.consumer.runtime.cli.Main.main(arguments);
    }

    /** So that usage texts say "search index". */
    @CommandLine.Command(name = "search", subcommands = IndexCommand.class)
    private static final class Commands {}
}
