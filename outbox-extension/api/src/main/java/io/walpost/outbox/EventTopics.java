package io.walpost.outbox;

/** How an aggregate type names its topic when nothing else is configured. */
public final class EventTopics {

    /** What stands before the aggregate type, as in Debezium's EventRouter. */
    public static final String DEFAULT_PREFIX = "outbox.event.";

    private EventTopics() {}

    /** The topic of an aggregate type; the type's case is kept. */
    public static String of(String aggregateType) {
        return DEFAULT_PREFIX + aggregateType;
    }
}
