package io.walpost.relay.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges what arrives, in the order in which it arrives, and remembers no more than a number an aggregate: the first
 * arrivals of an aggregate are numbered without gaps, and whatever has a number that was there before is a duplicate.
 */
final class ArrivalCheck {

    private final List<Struck> faults;
    private final Map<String, Integer> last = new HashMap<>();
    private final Map<Struck, DuplicateCount> duplicates = new HashMap<>();
    private long arrivals;

    /** @param faults in the order in which they happened */
    ArrivalCheck(List<Struck> faults) {
        this.faults = faults;
        faults.forEach(fault -> duplicates.put(fault, new DuplicateCount(fault)));
    }

    void accept(Arrival arrival) {
        arrivals++;
        if (Payload.ROLLED_BACK.equals(arrival.payload())) {
            throw new AssertionError("Rolled-back work of " + arrival.aggregate() + " arrived");
        }
        int number = Payload.number(arrival.aggregate(), arrival.payload());
        int before = last.getOrDefault(arrival.aggregate(), 0);
        if (number <= before) {
            causeOf(arrival).add(arrival);
        } else if (number == before + 1) {
            last.put(arrival.aggregate(), number);
        } else {
            throw new AssertionError("Event " + number + " of " + arrival.aggregate() + " arrived after " + before);
        }
    }

    /** The last fault that began before the relay sent it. */
    private DuplicateCount causeOf(Arrival duplicate) {
        return faults.reversed().stream()
                .filter(fault -> !fault.at().isAfter(duplicate.sent()))
                .findFirst()
                .map(duplicates::get)
                .orElseThrow(() -> new AssertionError(duplicate.aggregate() + " saw an event twice before any fault"));
    }

    long arrivals() {
        return arrivals;
    }

    /** The count of each fault. */
    List<DuplicateCount> duplicates() {
        return faults.stream().map(duplicates::get).toList();
    }

    /** How many of each aggregate have arrived. */
    Map<String, Integer> arrived() {
        return new TreeMap<>(last);
    }
}
