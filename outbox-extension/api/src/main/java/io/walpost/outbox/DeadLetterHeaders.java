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

    /** The class of the exception that {@link #REASON} is about. */
    public static final String EXCEPTION_CLASS_NAME = PREFIX + "exception-class-name";

    /** The class of the exception that {@link #CAUSE} is about. */
    public static final String CAUSE_CLASS_NAME = PREFIX + "cause-class-name";

    /** The topic that the record was in, or meant for. */
    public static final String TOPIC = PREFIX + "topic";

    /** The partition that the record was in. */
    public static final String PARTITION = PREFIX + "partition";

    /** Where in that partition it was. */
    public static final String OFFSET = PREFIX + "offset";

    /** What of the record was too large for the letter, and how large. */
    public static final String LEFT_OUT = PREFIX + "left-out";

    /** The kind of failure alone. */
    public static final String KIND = PREFIX + "kind";

    /** The id of the event behind which this one waits, if it is only waiting. */
    public static final String FOLLOWS = PREFIX + "follows";

    private DeadLetterHeaders() {}
}
