package io.walpost.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that only waiting moves on. */
final class ManualClock extends Clock {

    private Instant now = Instant.parse("2026-11-20T10:00:00Z");

    /** Endless, and takes no time but this clock's. */
    Patience patience() {
        return new Patience() {
            @Override
            public boolean isOver() {
                return false;
            }

            @Override
            public boolean endsWithin(Duration delay) {
                now = now.plus(delay);
                return false;
            }
        };
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
