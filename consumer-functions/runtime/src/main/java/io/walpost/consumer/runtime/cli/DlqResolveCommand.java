package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.LetterSelection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

/** Notes that a person has seen to letters. */
@Command(
        name = "resolve",
        description = {
            "Notes that somebody has seen to the effects of dead letters by other means.",
            "",
            "They are not replayed any more. Letters that are parked behind them stay, until they are replayed.",
            "Further letters of the same events are resolved with them, since the relay may publish an event twice.",
            "",
            "The consumer's memory of what it applied is left as it is. A record that is delivered later (a duplicate by the"
                    + " relay, or any after a reset of offsets) is handled like every other, and if it succeeds, the event has"
                    + " its effect besides what was done by hand."
        })
final class DlqResolveCommand extends DlqSettleCommand {

    @Override
    protected DeadLetterTable.Settlement settle(Tools tools, LetterSelection selection, String reason)
            throws SQLException {
        return tools.desk().table().resolve(selection, reason);
    }

    @Override
    protected String verb() {
        return "resolved";
    }
}
