package io.walpost.relay.backfill;

import io.walpost.relay.backfill.Progress.Phase;
import java.util.concurrent.TimeUnit;

/** Tells a listener about one phase, not more often than once a second. */
final class PhaseProgress {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final ProgressListener listener;
    private final Phase phase;
    private final long total;
    private final long start = System.nanoTime();
    private long lastTold = start;

    PhaseProgress(ProgressListener listener, Phase phase, long total) {
        this.listener = listener;
        this.phase = phase;
        this.total = total;
    }

    void at(long done) {
        if (System.nanoTime() - lastTold >= INTERVAL) {
            tell(done);
        }
    }

    void tell(long done) {
        lastTold = System.nanoTime();
        double seconds = Math.max(1, lastTold - start) / 1e9;
        listener.progress(new Progress(phase, done, total, done / seconds));
    }
}
