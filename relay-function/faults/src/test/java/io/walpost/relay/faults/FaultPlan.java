package io.walpost.relay.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An endless list of faults that a seed decides. Each fault comes once before any comes again, so that also a short run
 * sees most of them, and a longer one all of them in ever other orders.
 */
final class FaultPlan {

    private static final int LONGEST_GAP = 1_500;

    /** Longer than the server's patience with a silent relay, and than most time-outs of the producer. */
    private static final int LONGEST_LENGTH = 5_000;

    private final Random random;
    private final List<Fault> round = new ArrayList<>();

    FaultPlan(long seed) {
        random = new Random(seed);
    }

    PlannedFault next() {
        if (round.isEmpty()) {
            round.addAll(List.of(Fault.values()));
            Collections.shuffle(round, random);
        }
        return new PlannedFault(
                round.removeLast(),
                Duration.ofMillis(random.nextInt(LONGEST_GAP)),
                Duration.ofMillis(skewed(LONGEST_LENGTH)));
    }

    /** Mostly short, now and then long. */
    private int skewed(int bound) {
        double unit = random.nextDouble();
        return (int) (unit * unit * bound);
    }
}
