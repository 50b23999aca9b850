package io.walpost.demo.faults;

import io.walpost.demo.stage.Parallel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Faults of one part, one after the other, in an order that a seed decides. Other parts have lanes beside it. */
final class Lane implements Parallel.Task {

    /** Something bad, which is over when it returns. */
    interface Fault {
        void strike(Random random) throws Exception;
    }

    /** A fault with its name. */
    record Planned(String name, Fault fault) {}

    private final String part;
    private final List<Planned> faults;
    private final Random random;
    private final Instant end;
    private final Story story;

    /** @param end when no further round begins; the first one is always whole */
    Lane(String part, List<Planned> faults, Random random, Instant end, Story story) {
        this.part = part;
        this.faults = faults;
        this.random = random;
        this.end = end;
        this.story = story;
    }

    @Override
    public void run() throws Exception {
        boolean first = true;
        while (first || Instant.now().isBefore(end)) {
            List<Planned> round = new ArrayList<>(faults);
            Collections.shuffle(round, random);
            for (Planned planned : round) {
                story.tell(part + ": " + planned.name());
                planned.fault().strike(random);
                if (!first && Instant.now().isAfter(end)) {
                    break;
                }
            }
            first = false;
        }
        story.tell(part + ": nothing more");
    }
}
