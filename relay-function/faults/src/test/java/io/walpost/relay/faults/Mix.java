package io.walpost.relay.faults;

import io.walpost.relay.faults.PlannedTransaction.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What transactions writers do. Seed, writer and number decide about each. */
enum Mix {
    /** As an application does that is well: one to five events, nothing rolled back. */
    STEADY {
        @Override
        int size(Random random) {
            return 1 + random.nextInt(SMALL);
        }

        @Override
        boolean happens(int oneIn, Random random) {
            return false;
        }
    },

    /** Mostly small ones, some of hundreds, now and then one of thousands; savepoints, and all kinds of roll-back. */
    ROUGH {
        @Override
        int size(Random random) {
            int kind = random.nextInt(400);
            if (kind == 0) {
                return HUGE;
            }
            return 1 + random.nextInt(kind < 20 ? LARGE : SMALL);
        }

        @Override
        boolean happens(int oneIn, Random random) {
            return random.nextInt(oneIn) == 0;
        }
    };

    static final int HUGE = 5_000;
    private static final int LARGE = 300;
    private static final int SMALL = 5;

    private static final int FILLING = 600;
    private static final int LARGE_FILLING = 200_000;

    abstract int size(Random random);

    abstract boolean happens(int oneIn, Random random);

    PlannedTransaction transaction(long seed, int writer, long number, int aggregates) {
        Random random = new Random(31 * (31 * seed + writer) + number);
        // The first draws of seeds that lie side by side are alike.
        random.nextLong();
        int size = size(random);
        List<Step> steps = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            boolean large = size <= SMALL && happens(100, random);
            steps.add(new Step(
                    random.nextInt(aggregates), random.nextInt(large ? LARGE_FILLING : FILLING), happens(12, random)));
        }
        return new PlannedTransaction(steps, !happens(10, random));
    }
}
