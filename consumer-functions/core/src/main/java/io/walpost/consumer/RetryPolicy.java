package io.walpost.consumer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts, and how often to try what may lie in the event.
 *
 * @param initialDelay the longest wait after the first attempt; it doubles with each further one
 * @param maxDelay what no wait exceeds
 * @param attemptsOnUnknown after how many failed attempts an event is a dead letter, counting only failures of the
 *     reaction {@link Failure.Reaction#RETRY_A_FEW_TIMES}, over all deliveries to one {@link RecordConsumer}
 * @param giveUpAfter how long after the first of such failures the event is a dead letter, however often it was tried; an
 *     outage in between begins the time anew
 */
public record RetryPolicy(Duration initialDelay, Duration maxDelay, int attemptsOnUnknown, Duration giveUpAfter) {

    /** @throws IllegalArgumentException naming the component that is out of range */
    public RetryPolicy {
        if (initialDelay.isNegative() || initialDelay.isZero()) {
            throw new IllegalArgumentException("initialDelay must be positive: " + initialDelay);
        }
        if (maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException(
                    "maxDelay must not be shorter than initialDelay: " + maxDelay + " < " + initialDelay);
        }
        if (attemptsOnUnknown < 1) {
            throw new IllegalArgumentException("attemptsOnUnknown must be at least 1: " + attemptsOnUnknown);
        }
        if (giveUpAfter.isNegative() || giveUpAfter.isZero()) {
            throw new IllegalArgumentException("giveUpAfter must be positive: " + giveUpAfter);
        }
    }

    /** Whether an event that may itself be the cause has been tried enough. */
    boolean isSpent(int attempts, Duration sinceFirst) {
        return attempts >= attemptsOnUnknown || sinceFirst.compareTo(giveUpAfter) >= 0;
    }

    /**
     * Half of the doubled delay, plus a random part of the other half: consumers that failed together do not come back
     * together.
     *
     * @param attempt which attempt has failed: 1, 2, 3…
     */
    Duration delayAfter(int attempt, RandomGenerator random) {
        long max = maxDelay.toNanos();
        long delay = initialDelay.toNanos();
        for (int i = 1; i < attempt && delay < max; i++) {
            delay = delay > max / 2 ? max : delay * 2;
        }
        long half = delay / 2;
        return Duration.ofNanos(half + random.nextLong(delay - half + 1));
    }
}
