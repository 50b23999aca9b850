package io.walpost.relay.faults;

import io.walpost.relay.publish.Delivery;
import java.util.List;

/** What the relay promises, and so what a consumer may see. */
enum Promise {
    /** At most the window again, after each crash. */
    AT_LEAST_ONCE(Delivery.AT_LEAST_ONCE, "read_uncommitted") {
        @Override
        List<DuplicateCount> excesses(List<DuplicateCount> counts, int window) {
            return counts.stream().filter(count -> !count.isWithin(window)).toList();
        }
    },
    /** Nothing again, whatever happens. */
    EXACTLY_ONCE(Delivery.EXACTLY_ONCE, "read_committed") {
        @Override
        List<DuplicateCount> excesses(List<DuplicateCount> counts, int window) {
            return counts.stream().filter(count -> count.total() > 0).toList();
        }
    };

    private final Delivery delivery;
    private final String isolation;

    Promise(Delivery delivery, String isolation) {
        this.delivery = delivery;
        this.isolation = isolation;
    }

    /** How the relay is told to deliver. */
    Delivery delivery() {
        return delivery;
    }

    /** The consumer's {@code isolation.level}. */
    String isolation() {
        return isolation;
    }

    /** The faults after which more came twice than may. */
    abstract List<DuplicateCount> excesses(List<DuplicateCount> counts, int window);
}
