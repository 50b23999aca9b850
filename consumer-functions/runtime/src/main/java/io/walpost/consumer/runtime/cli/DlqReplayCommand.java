package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.Outcome;
import io.walpost.consumer.deadletter.LetterSelection;
import io.walpost.consumer.deadletter.LetterSummary;
import io.walpost.consumer.deadletter.Replay;
import io.walpost.consumer.deadletter.ReplayProgress;
import io.walpost.consumer.deadletter.ReplayReport;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has letters handled again. */
@Command(
        name = "replay",
        description = {
            "Hands dead letters to the consumer's handler again, in the order of their keys, with the settings of this"
                    + " function.",
            "",
            "It begins with the oldest letter of each key, and goes on with those parked behind it. A letter that fails again"
                    + " keeps its key parked. It can be stopped at any time and run again; the consumer may go on meanwhile.",
            "",
            "Ends with 3 if a letter failed again, if one that was chosen waits behind one that was not, or if there is none"
                    + " of those chosen; with 75 if some were not tried."
        })
final class DlqReplayCommand extends FunctionCommand {

    @Mixin
    private LetterOptions letters;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "At most this many letters a second; as fast as the sink takes them by default.")
    private Double rate;

    @Option(names = "--dry-run", description = "Only lists what would be replayed if all of it succeeded.")
    private boolean dryRun;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most this many letters, and 1 at least; all by default, of which a dry run lists 50.")
    private Integer limit;

    private static final int SHOWN = 50;

    @Override
    protected int run(Tools tools) throws CommandException, SQLException {
        if (rate != null && !(rate > 0)) {
            throw new CommandException(ExitCode.USAGE, "--rate must be above 0.");
        }
        Limit shown = Limit.of(limit == null ? SHOWN : limit);
        LetterSelection selection = letters.selection(tools.desk().consumer());
        Replay replay = tools.desk().replay();
        Optional<Replay.Waiting> waiting = replay.waiting(selection);
        if (dryRun) {
            List<LetterSummary> plan = replay.plan(selection, shown.andOne());
            print(new ReplayPlan(
                    new LettersReport(
                            letters.areEmpty() || waiting.isPresent() ? "Nothing to replay." : ReplayResult.NONE,
                            shown.of(plan),
                            shown.isExceededBy(plan) ? Optional.of("More follow.") : Optional.empty()),
                    waiting));
            return waiting.isPresent() || plan.isEmpty() && !letters.areEmpty() ? ExitCode.ATTENTION : ExitCode.OK;
        }
        long most = limit == null ? Long.MAX_VALUE : limit;
        ReplayReport report = replay.run(
                selection, most, rate == null ? Double.POSITIVE_INFINITY : rate, tools.patience(), new Progress());
        ReplayResult result = new ReplayResult(report, !letters.areEmpty(), most, waiting);
        print(result);
        return result.exitCode();
    }

    private final class Progress implements ReplayProgress {

        @Override
        public void replayed(LetterSummary letter, Outcome outcome) {}

        @Override
        public void failed(LetterSummary letter, Outcome.DeadLetter verdict) {
            tell("Letter " + letter.id() + " (" + letter.place() + ") failed again; "
                    + verdict.failure().label() + ": " + verdict.failure().describe(verdict.cause()));
        }

        @Override
        public void waiting(LetterSummary letter, Outcome.Retry retry) {
            tell("Waiting at letter " + letter.id() + " (" + letter.place() + "); "
                    + retry.failure().label() + ": " + retry.failure().hint());
        }

        @Override
        public void busy(long letter) {
            tell("Letter " + letter + " is being worked on by somebody else");
        }
    }
}
