package io.walpost.demo.check;

import io.walpost.demo.stage.DemoException;
import io.walpost.demo.stage.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** Waits until everything that was committed had its effect, and judges the result. */
public final class Inspection {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Stage stage;
    private final EventTail tail;
    private final EventLedger ledger;

    public Inspection(Stage stage, EventTail tail, EventLedger ledger) {
        this.stage = stage;
        this.tail = tail;
        this.ledger = ledger;
    }

    /**
     * The verdict, as soon as relay, billing and the demo's own consumer have seen everything; in any case when the time
     * is over.
     */
    public Verdict await(Set<Long> rolledBack, Duration limit) throws InterruptedException {
        try (Settlement settlement = new Settlement(stage, tail)) {
            long deadline = System.nanoTime() + limit.toNanos();
            while (!settlement.reached() && System.nanoTime() < deadline) {
                Thread.sleep(POLL);
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return judge(rolledBack);
    }

    private Verdict judge(Set<Long> rolledBack) {
        try (Connection orders = stage.databases().connectToOrders();
                Connection billing = stage.databases().connectToBilling()) {
            return Verdict.of(Accounts.ofOrders(orders), Accounts.ofInvoices(billing), rolledBack, ledger);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static DemoException unreadable(SQLException e) {
        return new DemoException("The result cannot be read from the databases: " + e.getMessage(), e);
    }
}
