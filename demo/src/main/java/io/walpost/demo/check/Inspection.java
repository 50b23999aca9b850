package io.walpost.demo.check;

import io.walpost.demo.stage.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Whether everything that was committed had its effect already, and whether the right one. */
public final class Inspection implements AutoCloseable {

    private final Stage stage;
    private final EventLedger ledger;
    private final Settlement settlement;

    /** Of everything that is committed by now. */
    public Inspection(Stage stage, EventTail tail, EventLedger ledger) throws SQLException {
        this.stage = stage;
        this.ledger = ledger;
        this.settlement = new Settlement(stage, tail);
    }

    /** Whether relay, billing and the demo's own consumer have seen everything: then nothing changes any more. */
    public boolean settled() throws SQLException, InterruptedException {
        return settlement.reached();
    }

    /** The verdict as of now. */
    public Verdict judge(Set<Long> rolledBack) throws SQLException {
        try (Connection orders = stage.databases().connectToOrders();
                Connection billing = stage.databases().connectToBilling()) {
            return Verdict.of(Accounts.ofOrders(orders), Accounts.ofInvoices(billing), rolledBack, ledger);
        }
    }

    @Override
    public void close() throws SQLException {
        settlement.close();
    }
}
