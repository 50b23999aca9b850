package io.walpost.consumer.lambda;

/** What alarms and dashboards call a function's metrics, so none of these may change unnoticed. */
final class MetricNames {

    static final String NAMESPACE = "Walpost/Consumer";

    /** Its value is {@code walpost.consumer.name}. */
    static final String DIMENSION = "Consumer";

    /** Events that had their effect. */
    static final String APPLIED = "Applied";

    /** Events that had had it before. */
    static final String DUPLICATES = "Duplicates";

    /** Failed attempts after which an event, or its letter, is tried again. */
    static final String RETRIES = "Retries";

    /** Records that were put among the dead letters, without those that only wait behind another of their key. */
    static final String DEAD_LETTERS = "DeadLetters";

    /** Keys with an unresolved letter, behind which later records of theirs wait. */
    static final String PARKED_KEYS = "ParkedKeys";

    /** Letters that nobody has seen to yet, parked ones among them. */
    static final String UNRESOLVED_DEAD_LETTERS = "UnresolvedDeadLetters";

    /** How long the oldest of them has been there; 0 if there is none. */
    static final String OLDEST_DEAD_LETTER_SECONDS = "OldestDeadLetterSeconds";

    /** From an event's commit in the database to the commit of its effect. */
    static final String END_TO_END_LATENCY = "EndToEndLatency";

    private MetricNames() {}
}
