package io.walpost.relay.faults;

import java.util.List;

/** What the relay promises, and so what a consumer may see. */
enum Delivery {
    AT_LEAST_ONCE("read_uncommitted");

    private final String isolation;

    Delivery(String isolation) {
        this.isolation = isolation;
    }

    /** The consumer's {@code isolation.level}. */
    String isolation() {
        return isolation;
    }

    /** The faults after which more came twice than may. */
    List<DuplicateCount> excesses(List<DuplicateCount> counts, int window) {
        return counts.stream().filter(count -> !count.isWithin(window)).toList();
    }
}
