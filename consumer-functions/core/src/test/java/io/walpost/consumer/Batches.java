package io.walpost.consumer;

import java.util.ArrayList;
import java.util.List;

/** Batches for handlers that know only single events. */
public final class Batches {

    private Batches() {}

    /** One after the other. Throws what one of them throws, although others are done. */
    public static BatchHandler of(EventHandler handler) {
        return events -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (ReceivedEvent event : events) {
                outcomes.add(handler.handle(event));
            }
            return outcomes;
        };
    }
}
