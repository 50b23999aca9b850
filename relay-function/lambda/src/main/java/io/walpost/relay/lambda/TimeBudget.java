package io.walpost.relay.lambda;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;

/**
 * How an invocation spends its time.
 *
 * @param work until it stops reading
 * @param all until it answers, whatever the relay is doing
 * @param drain what waiting for what is in flight may take
 */
record TimeBudget(Duration work, Duration all, Duration drain) {

    private static final Duration SHORTEST_MARGIN = Duration.ofSeconds(3);

    /** For the answer and the metrics. */
    private static final Duration ANSWER = Duration.ofMillis(500);

    /**
     * @param remaining until the deadline
     * @throws RelayException if the margin is too short, or leaves no time
     */
    static TimeBudget of(Duration remaining, Duration margin) throws RelayException {
        if (margin.compareTo(SHORTEST_MARGIN) < 0) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "walpost.relay.lambda.deadline-margin must be at least " + SHORTEST_MARGIN.toSeconds() + "s");
        }
        if (remaining.compareTo(margin) <= 0) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "The invocation ends in " + remaining.toMillis()
                            + " ms, and walpost.relay.lambda.deadline-margin leaves " + margin.toMillis()
                            + " ms of that alone",
                    null,
                    "Raise the function's timeout, or lower the margin.");
        }
        return new TimeBudget(remaining.minus(margin), remaining.minus(ANSWER), margin.dividedBy(2));
    }
}
