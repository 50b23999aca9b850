package io.walpost.outbox;

/**
 * The headers that make a record a dead letter; the record's own headers stay beside them. Every value is text in UTF-8.
 * The names are those of SmallRye's dead-letter queue as far as it has them, so that its tools read these letters too.
 */
public final class DeadLetterHeaders {

    /** With what the name of each of them begins. */
    public static final String PREFIX = "dead-letter-";

    /** The kind of failure and what happened, in words. */
    public static final String REASON = PREFIX + "reason";

    /** What happened, in words. */
    public static final String CAUSE = PREFIX + "cause";

    /** The topic that the record was in, or meant for. */
    public static final String TOPIC = PREFIX + "topic";

    /** The kind of failure alone. */
    public static final String KIND = PREFIX + "kind";

    /** The id of the event behind which this one waits, if it is only waiting. */
    public static final String FOLLOWS = PREFIX + "follows";

    private DeadLetterHeaders() {}
}
