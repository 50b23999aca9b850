package io.walpost.relay.backfill;

import io.walpost.relay.replication.SelectionSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run adds up over its tables. */
final class RunTotals {

    private final long start = System.nanoTime();

    long selected;
    long published;
    long gone;
    Optional<Instant> oldest = Optional.empty();
    Optional<Instant> newest = Optional.empty();

    void add(SelectionSummary summary) {
        selected += summary.rows();
        oldest = Stream.concat(oldest.stream(), summary.oldest().stream()).min(Instant::compareTo);
        newest = Stream.concat(newest.stream(), summary.newest().stream()).max(Instant::compareTo);
    }

    Duration duration() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
