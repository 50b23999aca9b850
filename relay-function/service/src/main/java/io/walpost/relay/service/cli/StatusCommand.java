package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.replication.SlotVerdict;
import io.walpost.relay.replication.WalBudget;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.ExitCode;
import picocli.CommandLine.Command;

/** Looks at the slot. */
@Command(
        name = "status",
        description = {
            "Shows how far the slot is, and how much log it holds back.",
            "",
            "Ends with 3 if it is over walpost.relay.wal-budget or being lost, and with 70 if it is lost."
        })
final class StatusCommand extends RelayCommand {

    @Override
    protected int run(Configuration configuration) throws RelayException {
        PostgresSettings settings = configuration.postgres();
        WalBudget budget = configuration.walBudget();
        try (SlotInspector inspector = new SlotInspector(settings)) {
            SlotStatus status = inspector.inspect();
            SlotVerdict verdict = budget.verdict(status);
            print(new StatusReport(settings, status, budget, verdict));
            if (verdict instanceof SlotVerdict.Lost) {
                return ExitCode.FAILURE;
            }
            return verdict.isAlarming() ? ExitCode.ATTENTION : ExitCode.OK;
        }
    }
}
