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

    /** Nothing was done: the record is a letter behind an earlier one of its key, and is durable there. */
    record Parked() implements Outcome {}

    /** What becomes of a record that is not to be begun, or not to be finished, now. */
    static Retry notNow() {
        return new Retry(new InterruptedException("The consumer has no more time"), Failure.STOPPED);
    }

    /** Whether nothing remains to be done about the event, because its effect is durable or it has none. */
    default boolean isSettled() {
        return switch (this) {
            case Applied applied -> true;
            case Duplicate duplicate -> true;
            case Ignored ignored -> true;
            case Parked parked -> true;
            case Retry retry -> false;
            case DeadLetter letter -> false;
        };
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
