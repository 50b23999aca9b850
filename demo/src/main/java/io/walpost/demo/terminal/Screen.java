package io.walpost.demo.terminal;

import java.io.PrintStream;
import java.time.Duration;

/** Where a person looks. May be used from any thread. */
public sealed interface Screen permits PlainScreen, LiveScreen {

    /** What the launcher says of the place that standard output goes to. */
    String PROPERTY = "walpost.terminal";

    /** A screen on standard output: redrawn in place on a terminal, lines anywhere else. */
    static Screen onStandardOutput() {
        return of(System.getProperty(PROPERTY, ""), System.out);
    }

    static Screen of(String terminal, PrintStream out) {
        return terminal.equals("live") ? new LiveScreen(out) : new PlainScreen(out);
    }

    /** A heading. */
    void title(String text);

    /** Something that was done. */
    void done(String what, String detail);

    /** A line that stays. */
    void line(String text);

    /** How far it is. Takes the place of what was shown before, or stands beneath it. */
    void show(Snapshot snapshot);

    /** How long a snapshot stands until the next one should follow. */
    Duration refresh();

    /** The result: a line that stays, and says at a glance how it went. */
    void result(boolean good, String text);
}
