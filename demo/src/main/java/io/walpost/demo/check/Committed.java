package io.walpost.demo.check;

import java.util.HashMap;
import java.util.Map;

/**
 * What the order service committed.
 *
 * @param orders what its tables hold, by order id
 * @param deleted what is not there any more because the order was deleted: as it was before, by its events
 */
record Committed(Map<Long, Account> orders, Map<Long, Account> deleted) {

    /** The orders that ever were, each as it was at last. */
    Map<Long, Account> ever() {
        Map<Long, Account> all = new HashMap<>(deleted);
        all.putAll(orders);
        return all;
    }
}
