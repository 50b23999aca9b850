package io.walpost.demo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The index holds exactly the orders of the order service's tables, each as it is now. */
final class IndexCheck {

    private IndexCheck() {}

    static Comparison of(Committed committed, Map<Long, Account> documents) {
        List<String> differences = new ArrayList<>();
        new TreeMap<>(committed.orders()).forEach((id, order) -> {
            Account document = documents.get(id);
            if (document == null) {
                differences.add("order " + id + ": is not in the search index");
            } else if (!document.equals(order)) {
                differences.add("order %d: the search index says %s; it has %s".formatted(id, document, order));
            }
        });
        for (long id : new TreeSet<>(documents.keySet())) {
            if (!committed.orders().containsKey(id)) {
                differences.add("order " + id + ": is in the search index and "
                        + (committed.deleted().containsKey(id) ? "was deleted" : "was never committed"));
            }
        }
        return new Comparison(documents.size(), "documents", differences);
    }
}
