package io.walpost.outbox;

/**
 * The headers of a published record. Every value is text in UTF-8.
 *
 * <p>The {@code ce_} headers are CloudEvents 1.0 in binary mode (Kafka protocol binding, section 3.2); the plain ones
 * are what consumers of Debezium's EventRouter read; the {@code walpost-} ones are the event's position in the
 * database's log.
 */
public final class EventHeaders {

    /** The event's id, by which a duplicate is recognised. */
    public static final String ID = "id";

    /** What happened. */
    public static final String TYPE = "type";

    public static final String CE_SPECVERSION = "ce_specversion";
    public static final String CE_ID = "ce_id";
    public static final String CE_SOURCE = "ce_source";
    public static final String CE_TYPE = "ce_type";

    /** The aggregate id, like the record's key. */
    public static final String CE_SUBJECT = "ce_subject";

    /** When it happened, by the application's clock; RFC 3339. */
    public static final String CE_TIME = "ce_time";

    /** The media type of the record's value; absent on a tombstone. */
    public static final String CONTENT_TYPE = "content-type";

    /** W3C Trace Context; present if the event was published within a trace. */
    public static final String TRACEPARENT = "traceparent";

    public static final String TRACESTATE = "tracestate";

    /** The LSN of the commit, as {@link Lsn#toString()} writes it. Later commits have greater LSNs. */
    public static final String LSN = "walpost-lsn";

    /** The id (xid) of the database transaction. */
    public static final String TX = "walpost-tx";

    /** The event's place among the events of its transaction: 1, 2, 3… */
    public static final String TX_ORDER = "walpost-tx-order";

    /** {@code true} on the last event of its transaction, absent on the others. */
    public static final String TX_LAST = "walpost-tx-last";

    /** When the transaction committed, by the database's clock, to the microsecond; RFC 3339. */
    public static final String COMMITTED_AT = "walpost-committed-at";

    /**
     * On an event that was published from the table and not from the log: which run did it. Such an event has no
     * position and no commit time, and may come after later events of its aggregate.
     */
    public static final String BACKFILL = "walpost-backfill";

    private EventHeaders() {}
}
