package io.walpost.demo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether what was promised holds.
 *
 * @param differences what does not hold, a sentence each
 */
public record Verdict(
        long committed,
        long rolledBack,
        long events,
        long invoices,
        long duplicates,
        Latencies latencies,
        List<String> differences) {

    private static final int SHOWN = 5;

    /**
     * @param orders what is committed, by order id
     * @param invoices what is billed, by order id
     * @param rolledBack the orders that were reported as rolled back
     */
    static Verdict of(
            Map<Long, Account> orders, Map<Long, Account> invoices, Set<Long> rolledBack, EventLedger ledger) {
        List<String> differences = new ArrayList<>(ledger.disorder());
        differences.addAll(invoicesThatDiffer(orders, invoices));
        differences.addAll(eventsThatDiffer(orders, ledger.lastVersions()));
        for (long id : new TreeSet<>(rolledBack)) {
            if (orders.containsKey(id)) {
                differences.add("order " + id + ": was reported as rolled back, and is committed");
            }
        }
        return new Verdict(
                orders.size(),
                rolledBack.size(),
                ledger.events(),
                invoices.size(),
                ledger.duplicates(),
                ledger.latencies(),
                List.copyOf(differences));
    }

    /** The table of invoices has one row per order; a second effect would show in total, lines or version. */
    private static List<String> invoicesThatDiffer(Map<Long, Account> orders, Map<Long, Account> invoices) {
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
        return differences;
    }

    private static List<String> eventsThatDiffer(Map<Long, Account> orders, Map<Long, Long> lastVersions) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(orders).forEach((id, order) -> {
            long last = lastVersions.getOrDefault(id, 0L);
            if (last != order.version()) {
                differences.add("order %d: has version %d, and its last event is of version %d"
                        .formatted(id, order.version(), last));
            }
        });
        for (long id : new TreeSet<>(lastVersions.keySet())) {
            if (!orders.containsKey(id)) {
                differences.add("order " + id + ": has events and was never committed");
            }
        }
        return differences;
    }

    public boolean holds() {
        return differences.isEmpty();
    }

    /** The first few of the differences, a line each. */
    public List<String> shownDifferences() {
        List<String> shown = new ArrayList<>(differences.subList(0, Math.min(SHOWN, differences.size())));
        if (differences.size() > SHOWN) {
            shown.add("and " + (differences.size() - SHOWN) + " more");
        }
        return shown;
    }

    /** The result in one line. */
    public String summary() {
        return "%s: %d orders committed, %d rolled back, %d events, %d invoices, %d duplicates, %s; commit-to-consumer %s"
                .formatted(
                        holds() ? "OK" : "FAILED",
                        committed,
                        rolledBack,
                        events,
                        invoices,
                        duplicates,
                        holds() ? "in order" : differences.size() + " differences",
                        latencies);
    }
}
