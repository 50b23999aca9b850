package io.walpost.demo.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A terminal: what is going on is drawn over what was going on before. */
final class LiveScreen implements Screen {

    private static final Duration REFRESH = Duration.ofMillis(250);
    private static final int BAR = 24;

    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintStream out;
    private int drawn;

    LiveScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void title(String text) {
        line(BOLD + text + PLAIN);
    }

    @Override
    public synchronized void done(String what, String detail) {
        line("  %s%-18s%s %s%s%s".formatted(GREEN, what, PLAIN, DIM, detail, PLAIN));
    }

    @Override
    public synchronized void line(String text) {
        drawn = 0;
        out.println(text);
    }

    @Override
    public synchronized void show(Snapshot s) {
        List<String> block = new ArrayList<>(List.of(
                "",
                row("orders committed", "%d of %d  %s".formatted(s.committed(), s.orders(), bar(s))),
                row("orders rolled back", s.rolledBack()),
                row(
                        "events published",
                        s.events() + (s.duplicates() == 0 ? "" : "  (" + s.duplicates() + " duplicates)")),
                row("lag of the relay", s.lag()),
                row("commit to Kafka", s.latencies()),
                "",
                "  " + DIM + ConsumerRow.heading() + PLAIN));
        s.consumers().forEach(consumer -> block.add("  " + consumer.line()));
        block.add("");
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append(UP.formatted(drawn));
        }
        block.forEach(row -> text.append(CLEAR_LINE).append(row).append(System.lineSeparator()));
        out.print(text);
        out.flush();
        drawn = block.size();
    }

    private static String row(String label, Object value) {
        return "  %s%-18s%s  %s".formatted(DIM, label, PLAIN, value);
    }

    private static String bar(Snapshot s) {
        int full = s.orders() == 0 ? BAR : (int) Math.min(BAR, s.committed() * BAR / s.orders());
        return GREEN + "#".repeat(full) + PLAIN + DIM + "-".repeat(BAR - full) + PLAIN;
    }

    @Override
    public Duration refresh() {
        return REFRESH;
    }

    @Override
    public synchronized void result(boolean good, String text) {
        line((good ? GREEN : RED) + text + PLAIN);
    }
}
