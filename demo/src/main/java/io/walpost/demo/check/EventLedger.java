package io.walpost.demo.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has arrived. An order's events must arrive in the order of their versions 1, 2, 3…; one that has arrived before
 * is a duplicate and counts as nothing else.
 */
public final class EventLedger {

    private final Set<String> ids = new HashSet<>();
    private final Map<Long, Long> lastVersions = new HashMap<>();
    private final Map<Long, Account> accounts = new HashMap<>();
    private final Set<Long> deleted = new HashSet<>();
    private final List<String> disorder = new ArrayList<>();
    private final List<Duration> latencies = new ArrayList<>();
    private long duplicates;

    /** @return whether it is new */
    synchronized boolean add(Arrival arrival) {
        if (!ids.add(arrival.eventId())) {
            duplicates++;
            return false;
        }
        latencies.add(arrival.latency());
        Long last = lastVersions.put(arrival.orderId(), arrival.version());
        long expected = last == null ? 1 : last + 1;
        if (deleted.contains(arrival.orderId())) {
            disorder.add(
                    "order %d: version %d arrived after its deletion".formatted(arrival.orderId(), arrival.version()));
        }
        if (arrival.version() != expected) {
            disorder.add("order %d: version %d arrived where version %d was due"
                    .formatted(arrival.orderId(), arrival.version(), expected));
        }
        arrival.order().ifPresent(order -> accounts.put(arrival.orderId(), order));
        if (arrival.isDeletion()) {
            deleted.add(arrival.orderId());
        }
        return true;
    }

    synchronized void addForeign(String description) {
        disorder.add(description);
    }

    /** Different events. */
    public synchronized long events() {
        return ids.size();
    }

    /** Arrivals of events that had arrived before. */
    public synchronized long duplicates() {
        return duplicates;
    }

    /** The version of the last event of each order. */
    synchronized Map<Long, Long> lastVersions() {
        return Map.copyOf(lastVersions);
    }

    /** The orders whose last event says that they were deleted, as they were before that. */
    synchronized Map<Long, Account> deleted() {
        Map<Long, Account> last = new HashMap<>();
        deleted.forEach(id -> last.put(id, accounts.get(id)));
        return last;
    }

    /** What arrived out of order. */
    synchronized List<String> disorder() {
        return List.copyOf(disorder);
    }

    /** Of first arrivals. */
    public synchronized Latencies latencies() {
        return Latencies.of(latencies);
    }
}
