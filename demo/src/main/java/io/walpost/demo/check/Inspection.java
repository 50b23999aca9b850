package io.walpost.demo.check;

import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether everything that was committed had its effects already, and whether the right ones. */
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

    /** Whether relay, consumers and the demo's own consumer have seen everything: then nothing changes any more. */
    public boolean settled() throws SQLException, InterruptedException {
        return settlement.reached();
    }

    /** The verdict as of now. */
    public Verdict judge(Set<Long> rolledBack) throws SQLException, InterruptedException {
        Committed committed;
        try (Connection orders = stage.databases().connectToOrders()) {
            committed = new Committed(Accounts.ofOrders(orders), ledger.deleted());
        }
        Map<Long, Long> lastVersions = ledger.lastVersions();
        List<Comparison> sinks = new ArrayList<>();
        for (ConsumerFunction function : stage.functions()) {
            sinks.add(
                    switch (function) {
                        case BILLING -> InvoiceCheck.of(committed, invoices());
                        case CACHE_INVALIDATION ->
                            CacheCheck.of(
                                    committed,
                                    lastVersions,
                                    CacheEntries.in(stage.servers().redis()));
                        case SEARCH -> IndexCheck.of(committed, documents());
                    });
        }
        return Verdict.of(committed, sinks, rolledBack, ledger);
    }

    private Map<Long, Invoice> invoices() throws SQLException {
        try (Connection billing = stage.databases().connectTo(ConsumerFunction.BILLING)) {
            return Accounts.ofInvoices(billing);
        }
    }

    private Map<Long, Account> documents() throws InterruptedException {
        try (IndexDocuments documents =
                new IndexDocuments(stage.servers().openSearch().url())) {
            return documents.read();
        }
    }

    @Override
    public void close() throws SQLException {
        settlement.close();
    }
}
