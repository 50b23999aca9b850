package io.walpost.relay.faults;

import java.time.Duration;

/**
 * A fault to come.
 *
 * @param gap how long to leave the site alone before it
 * @param length how long it lasts, if it is one that lasts
 */
record PlannedFault(Fault fault, Duration gap, Duration length) {

    @Override
    public String toString() {
        return "after %d ms %s for %d ms".formatted(gap.toMillis(), fault, length.toMillis());
    }
}
