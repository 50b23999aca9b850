package io.walpost.demo.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.stream.Collectors;

/** Lines, for a file or a program that reads along. */
final class PlainScreen implements Screen {

    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final PrintStream out;

    PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public void title(String text) {
        out.println(text);
    }

    @Override
    public void done(String what, String detail) {
        out.printf("  %-18s %s%n", what, detail);
    }

    @Override
    public void line(String text) {
        out.println(text);
    }

    @Override
    public void show(Snapshot s) {
        out.printf(
                "%4d s  %d/%d orders committed, %d rolled back; %d events published; applied: %s; lag %s; %s%n",
                s.elapsed().toSeconds(),
                s.committed(),
                s.orders(),
                s.rolledBack(),
                s.events(),
                s.consumers().stream().map(ConsumerRow::phrase).collect(Collectors.joining(", ")),
                s.lag(),
                s.latencies());
    }

    @Override
    public Duration refresh() {
        return REFRESH;
    }

    @Override
    public void result(boolean good, String text) {
        out.println(text);
    }
}
