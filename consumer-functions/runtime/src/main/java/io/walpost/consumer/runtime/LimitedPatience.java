package io.walpost.consumer.runtime;

import io.walpost.consumer.Patience;
import java.time.Duration;

/** The patience of a service for one request: for a time, and not beyond the service's own. For one request. */
final class LimitedPatience implements Patience {

    private final Patience service;
    private final long end;

    LimitedPatience(Patience service, Duration atMost) {
        this.service = service;
        this.end = System.nanoTime() + atMost.toNanos();
    }

    @Override
    public boolean isOver() {
        return service.isOver() || end - System.nanoTime() <= 0;
    }

    /** Does not wait at all if its end would come first: whoever asked can ask again. */
    @Override
    public boolean endsWithin(Duration delay) {
        return end - System.nanoTime() <= delay.toNanos() || service.endsWithin(delay);
    }
}
