package io.walpost.demo.check;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No reader gets anything from the cache that is not as the order is now. What is not in it, is not wrong. */
final class CacheCheck {

    private CacheCheck() {}

    /** @param lastVersions the version of the last event of each order */
    static Comparison of(Committed committed, Map<Long, Long> lastVersions, List<CacheEntry> entries) {
        List<CacheEntry> distinct = entries.stream()
                .distinct()
                .sorted(Comparator.comparingLong(CacheEntry::orderId))
                .toList();
        return new Comparison(
                distinct.stream().filter(entry -> entry.order().isPresent()).count(),
                "cached orders",
                distinct.stream()
                        .map(entry -> difference(committed, lastVersions, entry))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Optional<String> difference(Committed committed, Map<Long, Long> lastVersions, CacheEntry entry) {
        long id = entry.orderId();
        Account order = committed.orders().get(id);
        if (entry.order().isPresent() && order == null) {
            return Optional.of("order " + id + ": is in the cache and "
                    + (committed.deleted().containsKey(id) ? "was deleted" : "was never committed"));
        }
        if (entry.order().isPresent() && !entry.order().get().equals(order)) {
            return Optional.of("order %d: the cache says %s; it has %s"
                    .formatted(id, entry.order().get(), order));
        }
        long last = lastVersions.getOrDefault(id, 0L);
        if (entry.version().isPresent() && entry.version().getAsLong() != last) {
            return Optional.of("order %d: the cache knows of version %d, and its last event is of version %d"
                    .formatted(id, entry.version().getAsLong(), last));
        }
        return Optional.empty();
    }
}
