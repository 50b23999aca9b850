package io.walpost.relay.backfill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A bucket of tokens, one an event, that fills at an even rate and holds those of a tenth of a second. */
final class RateLimit {

    private static final long DEPTH = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier nanoTime;
    private final long interval;
    /** When the bucket was empty, had it been filled since then without a pause. */
    private long emptyAt;

    /**
     * @param perSecond 0 for no limit
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    RateLimit(int perSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.interval = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.emptyAt = nanoTime.getAsLong() - interval;
    }

    /** Takes a token; zero if there was one, else how long to wait for the next try. */
    Duration take() {
        long now = nanoTime.getAsLong();
        long depth = Math.max(DEPTH, interval);
        if (now - emptyAt > depth) {
            emptyAt = now - depth;
        }
        if (now - emptyAt < interval) {
            return Duration.ofNanos(interval - (now - emptyAt));
        }
        emptyAt += interval;
        return Duration.ZERO;
    }
}
