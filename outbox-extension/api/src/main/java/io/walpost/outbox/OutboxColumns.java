package io.walpost.outbox;

/** The outbox table and its columns, as Debezium's outbox extension and EventRouter name them. */
public final class OutboxColumns {

    /** The table's name when nothing else is configured: Debezium's {@code OutboxEvent}, as PostgreSQL folds it. */
    public static final String DEFAULT_TABLE = "outboxevent";

    /** {@code uuid}, not null. */
    public static final String ID = "id";

    /** {@code varchar(255)}, not null: the end of the topic's name. */
    public static final String AGGREGATE_TYPE = "aggregatetype";

    /** {@code varchar(255)}, not null: the record's key. */
    public static final String AGGREGATE_ID = "aggregateid";

    /** {@code varchar(255)}, not null. */
    public static final String TYPE = "type";

    /** {@code timestamptz}, not null: when it happened, by the application's clock. */
    public static final String TIMESTAMP = "timestamp";

    /** {@code text} (or {@code jsonb}, {@code bytea}): the record's value; NULL is a tombstone. */
    public static final String PAYLOAD = "payload";

    /** {@code varchar(256)}: the trace context as lines of {@code name=value}; NULL where there is none. */
    public static final String TRACING_SPAN_CONTEXT = "tracingspancontext";

    private OutboxColumns() {}
}
