package io.walpost.bench.sink;

import io.walpost.bench.orders.Ledger;
import io.walpost.bench.orders.OrderEvent;
import io.walpost.bench.orders.OrderState;
import io.walpost.bench.site.FunctionDatabase;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Billing's tables. The database itself knows when each claim of the inbox was committed, and with it the effect. */
public final class Invoices implements Sink {

    private static final String CONTENTS = """
            SELECT invoice.order_id,
                   concat_ws(' ', customer, currency, invoice.total, invoice.version, line.count, line.amount,
                             credit_note.total, credit_note.version, credited.count, credited.amount)
              FROM invoice
              LEFT JOIN (SELECT order_id, count(*) AS count, sum(quantity * unit_price) AS amount
                           FROM invoice_line GROUP BY order_id) AS line USING (order_id)
              LEFT JOIN credit_note USING (order_id)
              LEFT JOIN (SELECT order_id, count(*) AS count, sum(quantity * unit_price) AS amount
                           FROM credit_note_line GROUP BY order_id) AS credited USING (order_id)
            """;

    private static final String APPLIED_AT =
            "SELECT event_id, extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000 FROM walpost_inbox";

    private final FunctionDatabase database;

    public Invoices(FunctionDatabase database) {
        this.database = database;
    }

    /** The database is the function's own, of which it knows anyway. */
    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    /** A cancellation leaves the invoice as the version before it, and gives back all of it. */
    @Override
    public String expected(OrderEvent last) {
        OrderState order = last.after();
        String sums = order.lines().size() + " " + order.total();
        String head = order.customer() + " " + order.currency() + " " + order.total() + " ";
        return order.isCancelled()
                ? head + (order.version() - 1) + " " + sums + " " + order.total() + " " + order.version() + " " + sums
                : head + order.version() + " " + sums;
    }

    @Override
    public Map<Long, String> contents(Ledger ledger) {
        Map<Long, String> invoices = new HashMap<>();
        database.read(CONTENTS, row -> invoices.put(row.getLong(1), row.getString(2)));
        return invoices;
    }

    @Override
    public Map<Integer, Long> appliedAt(Ledger ledger) {
        Map<Integer, Long> times = new HashMap<>();
        database.read(
                APPLIED_AT,
                row -> times.put(
                        OrderEvent.number(row.getObject(1, UUID.class)),
                        row.getBigDecimal(2).longValue()));
        return times;
    }

    @Override
    public void close() {
        // Goes with the database.
    }
}
