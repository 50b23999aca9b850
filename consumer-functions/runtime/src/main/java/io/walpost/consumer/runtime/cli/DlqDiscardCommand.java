package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.LetterSelection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

/** Notes that letters are given up. */
@Command(
        name = "discard",
        description = {
            "Gives dead letters up: their events will have no effect.",
            "",
            "They are kept, and not replayed any more. Letters that are parked behind them stay, until they are replayed."
        })
final class DlqDiscardCommand extends DlqSettleCommand {

    @Override
    protected int settle(Tools tools, LetterSelection selection, String reason) throws SQLException {
        return tools.desk().table().discard(selection, reason);
    }

    @Override
    protected String verb() {
        return "discarded";
    }
}
