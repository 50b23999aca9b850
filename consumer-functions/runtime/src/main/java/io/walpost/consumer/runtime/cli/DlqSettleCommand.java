package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.LetterSelection;
import io.walpost.consumer.deadletter.LetterSummary;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Notes what a person has decided about letters. */
@Command
abstract class DlqSettleCommand extends FunctionCommand {

    @Mixin
    private LetterOptions letters;

    @Option(
            names = "--consumer",
            paramLabel = "NAME",
            description = "Letters of this consumer, if several share the database; those of the function by default.")
    private String consumer;

    @Option(names = "--all", description = "All unresolved letters; needed if nothing else says which.")
    private boolean all;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept with the letter.")
    private String reason;

    @Option(names = "--dry-run", description = "Only lists those that are chosen, up to 50.")
    private boolean dryRun;

    private static final Limit SHOWN = new Limit(50);

    protected abstract DeadLetterTable.Settlement settle(Tools tools, LetterSelection selection, String reason)
            throws SQLException;

    /** What is done to them, as in "resolved". */
    protected abstract String verb();

    @Override
    protected final int run(Tools tools) throws CommandException, SQLException {
        if (letters.areEmpty() != all) {
            throw new CommandException(ExitCode.USAGE, "Say which letters, or --all of them, and not both.");
        }
        if (reason.isBlank()) {
            throw new CommandException(ExitCode.USAGE, "Say why: the letters will not be looked at again.");
        }
        LetterSelection selection =
                letters.selection(consumer == null ? tools.desk().consumer() : consumer);
        if (dryRun) {
            List<LetterSummary> found = tools.desk().table().list(selection, 0, SHOWN.andOne());
            print(new LettersReport(
                    "No such letters.",
                    SHOWN.of(found),
                    SHOWN.isExceededBy(found) ? Optional.of("More follow.") : Optional.empty()));
            return ExitCode.OK;
        }
        DeadLetterTable.Settlement settled = settle(tools, selection, reason);
        print(new Settled(verb(), settled));
        return settled.selected() == 0 ? ExitCode.ATTENTION : ExitCode.OK;
    }
}
