package io.walpost.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** The patience of a function, which is ended from outside at a known time. For one invocation. */
public final class Deadline implements Patience {

    private final Clock clock;
    private final Instant end;

    /** @param end when nothing more is to be begun; leave what is under way the time that it needs */
    public Deadline(Clock clock, Instant end) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.end = Objects.requireNonNull(end, "end");
    }

    @Override
    public boolean isOver() {
        return !clock.instant().isBefore(end);
    }

    /** Does not wait at all if the deadline would come first: the function's time costs money. */
    @Override
    public boolean endsWithin(Duration delay) {
        if (!clock.instant().plus(delay).isBefore(end)) {
            return true;
        }
        try {
            Thread.sleep(delay);
            return isOver();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
