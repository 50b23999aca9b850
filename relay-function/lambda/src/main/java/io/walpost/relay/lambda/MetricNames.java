package io.walpost.relay.lambda;

/** The metrics of the relay's function in CloudWatch, by which alarms and dashboards know them. */
final class MetricNames {

    static final String NAMESPACE = "Walpost/Relay";
    static final String DIMENSION = "Slot";

    /** Events that Kafka acknowledged, duplicates included. */
    static final String EVENTS_PUBLISHED = "EventsPublished";

    /** Their bytes, before compression. */
    static final String BYTES_PUBLISHED = "BytesPublished";

    /** Log that is not confirmed to the slot. */
    static final String SLOT_LAG_BYTES = "SlotLagBytes";

    /** Log that the server keeps on disk for the slot: more than what is not confirmed while a transaction is open. */
    static final String SLOT_RETAINED_BYTES = "SlotRetainedBytes";

    /** The age of the oldest event that is not published; of what was committed, not of when it was seen. */
    static final String SLOT_LAG_SECONDS = "SlotLagSeconds";

    /** 1 if the server has removed log that the slot needs. */
    static final String WAL_STATUS_LOST = "WalStatusLost";

    /** Of an invocation. */
    static final String DURATION = "Duration";

    /** 1 for an invocation that failed. */
    static final String DRAIN_FAILURES = "DrainFailures";

    /** 1 for an invocation that never got the slot. */
    static final String SLOT_BUSY = "SlotBusy";

    private MetricNames() {}
}
