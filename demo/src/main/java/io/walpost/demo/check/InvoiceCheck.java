package io.walpost.demo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every order that was ever committed has one invoice, also if it was deleted since; what was rolled back has none. */
final class InvoiceCheck {

    private InvoiceCheck() {}

    /** The table of invoices has one row per order; a second effect would show in total, lines or version. */
    static Comparison of(Committed committed, Map<Long, Account> invoices) {
        Map<Long, Account> orders = committed.ever();
        List<String> differences = new ArrayList<>();
        new TreeMap<>(orders).forEach((id, order) -> {
            Account invoice = invoices.get(id);
            if (invoice == null) {
                differences.add("order " + id + ": is committed and has no invoice");
            } else if (!invoice.equals(order)) {
                differences.add("order %d: its invoice says %s; it has %s".formatted(id, invoice, order));
            }
        });
        for (long id : new TreeSet<>(invoices.keySet())) {
            if (!orders.containsKey(id)) {
                differences.add("order " + id + ": has an invoice and was never committed");
            }
        }
        return new Comparison(invoices.size(), "invoices", differences);
    }
}
