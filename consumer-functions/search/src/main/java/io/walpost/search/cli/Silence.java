package io.walpost.search.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Says once that Kafka gives nothing, whose client waits for it without a word. For one thread. */
final class Silence {

    private static final Logger LOG = System.getLogger(Silence.class.getName());

    /** Longer than a broker takes that has other things to do. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private long began = System.nanoTime();
    private boolean told;

    /** Something came, and was dealt with. */
    void end() {
        began = System.nanoTime();
        told = false;
    }

    /** @param remaining how many records should have come */
    void goOn(long remaining) {
        Duration silent = Duration.ofNanos(System.nanoTime() - began);
        if (!told && silent.compareTo(LIMIT) > 0) {
            told = true;
            LOG.log(
                    Level.WARNING,
                    "Waiting, since Kafka has given nothing for {0} s, though {1} records are left (is it up and reachable?)",
                    silent.toSeconds(),
                    remaining);
        }
    }
}
