package io.walpost.consumer;

import java.util.Locale;

/**
 * The kinds of failure that a consumer can meet, what it does about each, and what an operator can do.
 *
 * <p>The rule: what lies in the surroundings is waited out, for as long as it takes, because every event would meet it;
 * what lies in the event goes to the dead-letter queue at once; what may lie in either is tried a few times first.
 */
public enum Failure {
    DATABASE_UNREACHABLE(
            Reaction.RETRY, "start the database, or check its address and the size of the connection pool"),
    DATABASE_CONFLICT(Reaction.RETRY, "two transactions met; look for long transactions if this goes on"),
    DATABASE_EXHAUSTED(Reaction.RETRY, "free disk space, memory or connections of the database"),
    DATABASE_STOPPING(Reaction.RETRY, "the database stops, starts, or ended the statement or session; see its log"),
    DATABASE_READ_ONLY(Reaction.RETRY, "point the consumer to the primary"),
    DATABASE_NOT_PREPARED(Reaction.RETRY, "run the migrations, and check the role, its password and its grants"),
    DATABASE_SESSION(
            Reaction.RETRY,
            "the session lacks a statement that was prepared; behind a pooler set the driver's prepareThreshold to 0"),
    DATABASE_CORRUPTED(Reaction.RETRY, "the database found damaged data; see its log, and mend or restore it"),
    PROCESS_BROKEN(Reaction.RETRY, "the process lacks memory or classes; restart it with more memory, or whole"),
    STOPPED(Reaction.RETRY, "the consumer is shutting down; the event is delivered again after the next start"),
    SINK_UNREACHABLE(Reaction.RETRY, "start the sink, or check its address, its credentials and the network"),
    SINK_OVERLOADED(Reaction.RETRY, "the sink asks for less; give it more resources, or the consumer fewer instances"),
    SINK_REFUSED(Reaction.DEAD_LETTER, "the sink refused what the event asks for; see its answer in the dead letter"),
    MALFORMED_RECORD(
            Reaction.DEAD_LETTER, "see who else writes to the topic; the record is not an event of the outbox"),
    UNPROCESSABLE_EVENT(Reaction.DEAD_LETTER, "compare the producer's event with what this consumer expects"),
    INVALID_DATA(Reaction.DEAD_LETTER, "the database refused a value of the event; compare it with the column"),
    CONSTRAINT_VIOLATION(Reaction.DEAD_LETTER, "the event contradicts what the database holds"),
    PARKED(Reaction.DEAD_LETTER, "nothing is known to be wrong with it; deal with the first letter of its key"),
    TRANSACTION_TIMEOUT(
            Reaction.RETRY_A_FEW_TIMES,
            "the event took longer than its transaction may; make the handler quicker, or raise the timeout"),
    UNKNOWN(Reaction.RETRY_A_FEW_TIMES, "look at the exception in the log; the consumer does not know it");

    /** What follows from a failure. */
    public enum Reaction {
        /** Try again until it succeeds. */
        RETRY,
        /** Try again, as often as {@link RetryPolicy#attemptsOnUnknown()} says, then dead letter. */
        RETRY_A_FEW_TIMES,
        /** Dead letter at once. */
        DEAD_LETTER
    }

    private final Reaction reaction;
    private final String hint;

    Failure(Reaction reaction, String hint) {
        this.reaction = reaction;
        this.hint = hint;
    }

    public Reaction reaction() {
        return reaction;
    }

    /** What an operator can do about it. */
    public String hint() {
        return hint;
    }

    /** The kind of the outermost exception that is known, among the exception, its causes and what they suppressed. */
    public static Failure of(Throwable thrown) {
        return FailureTable.classify(thrown);
    }

    /** The exception in one line that quotes nothing of an event, for logs and for the headers of dead letters. */
    public String describe(Throwable thrown) {
        return FailureTable.describe(this, thrown);
    }

    /** The name in metrics and logs, as in {@code constraint-violation}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
