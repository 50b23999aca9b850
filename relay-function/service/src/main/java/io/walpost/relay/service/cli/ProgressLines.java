package io.walpost.relay.service.cli;

import io.walpost.relay.backfill.Progress;
import io.walpost.relay.backfill.Progress.Phase;
import io.walpost.relay.backfill.ProgressListener;
import io.walpost.relay.replication.ByteCount;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells how far a run has come: a line every few seconds, and one at the end of each phase. */
final class ProgressLines implements ProgressListener {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private final Consumer<String> line;
    private long lastLine = System.nanoTime() - INTERVAL;

    ProgressLines(Consumer<String> line) {
        this.line = line;
    }

    @Override
    public void progress(Progress progress) {
        boolean atEnd = progress.done() >= progress.total();
        if (atEnd || System.nanoTime() - lastLine >= INTERVAL) {
            lastLine = System.nanoTime();
            line.accept(text(progress));
        }
    }

    static String text(Progress progress) {
        if (progress.phase() == Phase.WAITING_FOR_RELAY) {
            return "Waiting for the relay: " + ByteCount.text(progress.total() - progress.done()) + " of log to go";
        }
        String what =
                switch (progress.phase()) {
                    case READING_KEYS -> "rows read";
                    case READING_TOPICS -> "found in the topics";
                    default -> "published";
                };
        String soFar = String.format(
                Locale.ROOT, "%,d of %,d %s, %,.0f/s", progress.done(), progress.total(), what, progress.perSecond());
        return progress.remaining()
                .filter(time -> time.isPositive() && progress.phase() == Phase.PUBLISHING)
                .map(time -> soFar
                        + String.format(Locale.ROOT, ", %,d to go, about ", progress.total() - progress.done())
                        + time.toString().substring("PT".length()).toLowerCase(Locale.ROOT))
                .orElse(soFar);
    }
}
