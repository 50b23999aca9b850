package io.walpost.demo;

import io.walpost.demo.check.Arrival;
import io.walpost.demo.check.Latencies;
import io.walpost.demo.terminal.Screen;
import java.util.ArrayList;
import java.util.List;

/** Tells of the events of those orders that a person places. */
final class ArrivalNews {

    private static final int TOLD_AT_ONCE = 5;

    private final Screen screen;
    private final List<Arrival> untold = new ArrayList<>();
    private boolean telling;

    ArrivalNews(Screen screen) {
        this.screen = screen;
    }

    synchronized void arrived(Arrival arrival) {
        if (telling) {
            untold.add(arrival);
        }
    }

    /** From now on there are only few. */
    synchronized void begin() {
        telling = true;
    }

    synchronized void tell() {
        untold.stream()
                .limit(TOLD_AT_ONCE)
                .forEach(arrival -> screen.line("  %s of order %d, version %d: read from Kafka %s after its commit"
                        .formatted(
                                arrival.type(),
                                arrival.orderId(),
                                arrival.version(),
                                Latencies.millis(arrival.latency()))));
        if (untold.size() > TOLD_AT_ONCE) {
            screen.line("  and " + (untold.size() - TOLD_AT_ONCE) + " more events");
        }
        untold.clear();
    }
}
