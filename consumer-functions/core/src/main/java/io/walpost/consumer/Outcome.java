package io.walpost.consumer;

import java.util.Objects;

/** What became of an event. */
public sealed interface Outcome {

    /** The effect is durable. */
    record Applied() implements Outcome {}

    /** The effect had been applied before; nothing was done. */
    record Duplicate() implements Outcome {}

    /**
     * The event is none of this consumer's business: nothing was done, and nothing was noted in the inbox, so that a
     * later version that does know the event can be given it again.
     */
    record Ignored() implements Outcome {}

    /** Nothing was done, and trying again may help. The record must not be acknowledged. */
    record Retry(Throwable cause, Failure failure) implements Outcome {
        public Retry {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(failure, "failure");
        }
    }

    /** Nothing was done, and trying again does not help: the record belongs among the dead letters. */
    record DeadLetter(Throwable cause, Failure failure) implements Outcome {
        public DeadLetter {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(failure, "failure");
        }
    }

    /** {@link Retry} or {@link DeadLetter}, as {@link Failure#of} decides. */
    static Outcome failed(Throwable cause) {
        Failure failure = Failure.of(cause);
        return switch (failure.reaction()) {
            case RETRY, RETRY_A_FEW_TIMES -> new Retry(cause, failure);
            case DEAD_LETTER -> new DeadLetter(cause, failure);
        };
    }
}
