package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.LetterSelection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

/** Notes that a person has seen to letters. */
@Command(
        name = "resolve",
        description = {
            "Notes that somebody has seen to the effects of dead letters by other means.",
            "",
            "They are not replayed any more. Letters that are parked behind them stay, until they are replayed."
        })
final class DlqResolveCommand extends DlqSettleCommand {

    @Override
    protected int settle(Tools tools, LetterSelection selection, String reason) throws SQLException {
        return tools.desk().table().resolve(selection, reason);
    }

    @Override
    protected String verb() {
        return "resolved";
    }
}
