package io.walpost.bench.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How often and in which order events are delivered: all of them, and from time to time the last ones once more, as a relay
 * does that was killed and started again.
 *
 * @param events how many different ones
 * @param unreadable how many of them nobody can make sense of; 0.01 for one in a hundred
 * @param repeated how many of them come twice; 0.05 for one in twenty
 */
public record Deliveries(int events, double unreadable, double repeated) {

    /** How many events lie between two restarts of the relay. */
    private static final int INTERVAL = 200;

    public void forEach(Consumer<OrderEvent> consumer) {
        OrderFlow flow = new OrderFlow(unreadable);
        int again = (int) Math.round(INTERVAL * repeated);
        List<OrderEvent> interval = new ArrayList<>(INTERVAL);
        for (int i = 0; i < events; i++) {
            OrderEvent event = flow.get();
            consumer.accept(event);
            interval.add(event);
            if (interval.size() == INTERVAL) {
                interval.subList(INTERVAL - again, INTERVAL).forEach(consumer);
                interval.clear();
            }
        }
    }
}
