package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.LetterSelection;
import io.walpost.consumer.deadletter.LetterSummary;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
            description = "At most this many, and 1 at least (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    protected int run(Tools tools) throws CommandException, SQLException {
        Limit page = Limit.of(limit);
        LetterSelection selection =
                letters.selection(consumer == null ? tools.desk().consumer() : consumer);
        List<LetterSummary> found =
                tools.desk().table().list(resolved ? selection.andResolved() : selection, after, page.andOne());
        List<LetterSummary> shown = page.of(found);
        print(new LettersReport(
                "No dead letters",
                shown,
                page.isExceededBy(found)
                        ? Optional.of("More: --after " + shown.getLast().id())
                        : Optional.empty()));
        return found.stream().allMatch(letter -> letter.end().isPresent()) ? ExitCode.OK : ExitCode.ATTENTION;
    }
}
