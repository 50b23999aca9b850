package io.walpost.search.cli;

import java.time.Duration;

/**
 * How far a rebuild is.
 *
 * @param index what it fills
 * @param read how many records it has read
 * @param remaining how many it has to read until it is where the topic's end was when it last looked
 * @param elapsed since it began
 */
public record RebuildProgress(String index, long read, long remaining, Duration elapsed) {

    /** Records in a second, on average. */
    public long rate() {
        return read * 1000 / Math.max(1, elapsed.toMillis());
    }

    /** As in {@code orders-2: 120000 of 300000 records (40 %), 5100/s, about 35 s left}. */
    @Override
    public String toString() {
        long total = read + remaining;
        String line = "%s: %d of %d records (%d %%), %d/s".formatted(index, read, total, percent(total), rate());
        return rate() == 0 ? line : line + ", about " + remaining / rate() + " s left";
    }

    private long percent(long total) {
        return total == 0 ? 100 : 100 * read / total;
    }
}
