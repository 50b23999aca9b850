package io.walpost.demo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every order that was ever committed has one invoice, also if it was deleted since; what was rolled back has none. The credit
 * note of a cancelled one gives back all that the order came to.
 */
final class InvoiceCheck {

    private InvoiceCheck() {}

    /** The tables have one row per order; a second effect would show in total, lines or version. */
    static Comparison of(Committed committed, Map<Long, Invoice> invoices) {
        Map<Long, Account> orders = committed.ever();
        List<String> differences = new ArrayList<>();
        new TreeMap<>(orders).forEach((id, order) -> {
            Invoice invoice = invoices.get(id);
            if (invoice == null) {
                differences.add("order " + id + ": is committed and has no invoice");
            } else if (!invoice.account().equals(order)) {
                differences.add("order %d: its invoice says %s; it has %s".formatted(id, invoice.account(), order));
            } else {
                invoice.creditNote()
                        .filter(credit -> !credit.equals(order))
                        .ifPresent(credit -> differences.add(
                                "order %d: its credit note says %s; it has %s".formatted(id, credit, order)));
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
