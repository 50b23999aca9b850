package io.walpost.demo.faults;

import java.time.Duration;
import java.util.Locale;

/** What has happened so far, for whoever has to understand a failure. May be told by several threads. */
final class Story {

    private final long began = System.nanoTime();
    private final StringBuilder text = new StringBuilder();

    synchronized void tell(String line) {
        String told = String.format(
                Locale.ROOT,
                "%6.1f s  %s",
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0,
                line);
        System.out.println(told);
        text.append(told).append('\n');
    }

    @Override
    public synchronized String toString() {
        return text.toString();
    }
}
