package io.walpost.demo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether what was promised holds.
 *
 * @param committed how many orders were ever committed
 * @param sinks what each consumer's system holds, as in "200 invoices, 150 cached orders"
 * @param differences what does not hold, a sentence each
 */
public record Verdict(
        long committed,
        long deleted,
        long rolledBack,
        long events,
        String sinks,
        long duplicates,
        Latencies latencies,
        List<String> differences) {

    private static final int SHOWN = 5;

    /** @param rolledBack the orders that were reported as rolled back */
    static Verdict of(Committed committed, List<Comparison> sinks, Set<Long> rolledBack, EventLedger ledger) {
        List<String> differences = new ArrayList<>(ledger.disorder());
        sinks.forEach(sink -> differences.addAll(sink.differences()));
        differences.addAll(eventsThatDiffer(committed, ledger.lastVersions()));
        for (long id : new TreeSet<>(rolledBack)) {
            if (committed.ever().containsKey(id)) {
                differences.add("order " + id + ": was reported as rolled back, and is committed");
            }
        }
        return new Verdict(
                committed.ever().size(),
                committed.deleted().size(),
                rolledBack.size(),
                ledger.events(),
                sinks.stream().map(Comparison::toString).collect(Collectors.joining(", ")),
                ledger.duplicates(),
                ledger.latencies(),
                List.copyOf(differences));
    }

    private static List<String> eventsThatDiffer(Committed committed, Map<Long, Long> lastVersions) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(committed.orders()).forEach((id, order) -> {
            long last = lastVersions.getOrDefault(id, 0L);
            if (last != order.version()) {
                differences.add("order %d: has version %d, and its last event is of version %d"
                        .formatted(id, order.version(), last));
            }
            if (committed.deleted().containsKey(id)) {
                differences.add("order " + id + ": has an event of its deletion and is still there");
            }
        });
        for (long id : new TreeSet<>(lastVersions.keySet())) {
            if (!committed.ever().containsKey(id)) {
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
        return "%s: %d orders committed, %d deleted since, %d rolled back, %d events, %s, %d duplicates, %s;"
                        .formatted(
                                holds() ? "OK" : "FAILED",
                                committed,
                                deleted,
                                rolledBack,
                                events,
                                sinks,
                                duplicates,
                                holds() ? "in order" : differences.size() + " differences")
                + " commit-to-consumer " + latencies;
    }
}
