package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.LetterSelection;
import io.walpost.consumer.deadletter.LetterSummary;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists letters. */
@Command(
        name = "list",
        description = {
            "Lists dead letters in the order in which they were put aside.",
            "",
            "Ends with 3 if there are unresolved ones. It changes nothing."
        })
final class DlqListCommand extends FunctionCommand {

    @Mixin
    private LetterOptions letters;

    @Option(
            names = "--consumer",
            paramLabel = "NAME",
            description = "Letters of this consumer, if several share the database; those of the function by default.")
    private String consumer;

    @Option(names = "--resolved", description = "Also letters that are resolved.")
    private boolean resolved;

    @Option(names = "--after", paramLabel = "ID", description = "Begins behind this letter.")
    private long after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most this many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    protected int run(Tools tools) throws SQLException {
        LetterSelection selection =
                letters.selection(consumer == null ? tools.desk().consumer() : consumer);
        List<LetterSummary> found =
                tools.desk().table().list(resolved ? selection.andResolved() : selection, after, limit);
        print(new LettersReport("No dead letters", found, found.size() == limit));
        return found.stream().allMatch(letter -> letter.end().isPresent()) ? ExitCode.OK : ExitCode.ATTENTION;
    }
}
