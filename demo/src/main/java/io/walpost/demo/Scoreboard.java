package io.walpost.demo;

import io.walpost.demo.check.EventLedger;
import io.walpost.demo.load.OrderLoad;
import io.walpost.demo.terminal.Snapshot;
import java.sql.SQLException;
import java.time.Duration;

/** Brings together what the parts of the demo know. */
final class Scoreboard {

    private final OrderLoad load;
    private final EventLedger ledger;
    private final Gauges gauges;
    private final long began = System.nanoTime();

    Scoreboard(OrderLoad load, EventLedger ledger, Gauges gauges) {
        this.load = load;
        this.ledger = ledger;
        this.gauges = gauges;
    }

    Snapshot snapshot() throws SQLException, InterruptedException {
        // What is committed is read first: nothing can have arrived that is not committed.
        long changes = load.changes();
        long committed = load.committed();
        long events = ledger.events();
        return new Snapshot(
                Duration.ofNanos(System.nanoTime() - began),
                load.orders(),
                committed,
                load.rolledBack().size(),
                events,
                ledger.duplicates(),
                Math.max(0, changes - events),
                gauges.lagBytes(),
                gauges.lagSeconds(),
                ledger.latencies(),
                gauges.consumers());
    }
}
