package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.LetterSelection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

/** Notes that letters are given up. */
@Command(
        name = "discard",
        description = {
            "Gives dead letters up: their events will have no effect.",
            "",
            "They are kept, and not replayed any more. Letters that are parked behind them stay, until they are replayed.",
            "Further letters of the same events are discarded with them, since the relay may publish an event twice.",
            "",
            "A record that is delivered later (a duplicate by the relay, or any after a reset of offsets) is handled like every"
                    + " other, and if it succeeds, the event has its effect after all."
        })
final class DlqDiscardCommand extends DlqSettleCommand {

    @Override
    protected DeadLetterTable.Settlement settle(Tools tools, LetterSelection selection, String reason)
            throws SQLException {
        return tools.desk().table().discard(selection, reason);
    }

    @Override
    protected String verb() {
        return "discarded";
    }
}
