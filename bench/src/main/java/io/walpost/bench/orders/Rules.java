package io.walpost.bench.orders;

import java.util.Set;

/**
 * What a consumer does with events that are not simply applied.
 *
 * @param parks whether the events of an order wait behind one that is a dead letter
 * @param ignored the types of event that it has no use for
 */
public record Rules(boolean parks, Set<String> ignored) {

    /** Of billing: an invoice stays when its order is erased. */
    public static final Rules BILLING = new Rules(true, Set.of(OrderEvent.DELETED));

    public static final Rules CACHE = new Rules(false, Set.of());

    public static final Rules SEARCH = new Rules(true, Set.of());
}
