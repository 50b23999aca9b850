package io.walpost.bench.orders;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a consumer must have made of its deliveries: computed by going through them in the order of each key, and not by
 * asking anyone.
 */
public final class Ledger {

    private final Rules rules;
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private final Map<Long, OrderEvent> last = new TreeMap<>();
    private final Map<OrderVersion, Integer> applied = new HashMap<>();
    private final Set<Long> parked = new HashSet<>();

    private record OrderVersion(long orderId, long version) {}

    public Ledger(Rules rules) {
        this.rules = rules;
        for (Fate fate : Fate.values()) {
            fates.put(fate, 0);
        }
    }

    /** Takes in the next delivery of its order. */
    public void delivered(OrderEvent event) {
        Fate fate = fate(event);
        fates.merge(fate, 1, Integer::sum);
        if (fate == Fate.APPLIED) {
            last.put(event.orderId(), event.withoutPayload());
            applied.put(new OrderVersion(event.orderId(), event.version()), event.number());
        } else if (fate == Fate.DEAD_LETTER && rules.parks()) {
            parked.add(event.orderId());
        }
    }

    private Fate fate(OrderEvent event) {
        if (parked.contains(event.orderId())) {
            return Fate.PARKED;
        }
        if (rules.ignored().contains(event.type())) {
            return Fate.IGNORED;
        }
        if (!event.readable()) {
            return Fate.DEAD_LETTER;
        }
        OrderEvent before = last.get(event.orderId());
        return before != null && before.version() >= event.version() ? Fate.DUPLICATE : Fate.APPLIED;
    }

    public int count(Fate fate) {
        return fates.get(fate);
    }

    /** How many there were. */
    public int deliveries() {
        return fates.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The number of the event that made this version of the order, if it was applied. */
    public OptionalInt number(long orderId, long version) {
        Integer number = applied.get(new OrderVersion(orderId, version));
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Of each order of which anything was applied, the last event that was; by the order's id. */
    public Map<Long, OrderEvent> last() {
        return last;
    }
}
