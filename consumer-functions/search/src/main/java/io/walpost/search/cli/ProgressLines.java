package io.walpost.search.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells how far a rebuild has come: a line every few seconds. */
final class ProgressLines implements Consumer<RebuildProgress> {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

    private final Consumer<String> line;
    private long lastLine = System.nanoTime() - INTERVAL;

    ProgressLines(Consumer<String> line) {
        this.line = line;
    }

    @Override
    public void accept(RebuildProgress progress) {
        if (System.nanoTime() - lastLine >= INTERVAL) {
            lastLine = System.nanoTime();
            line.accept(progress.toString());
        }
    }
}
