package io.walpost.bench.measure;

/** What is measured. */
public enum Metric {
    /** Events a second, from the first to the last that was appended. */
    RATE("events/s"),
    /** Events a second, from the start of the process to the last that was appended. */
    RATE_FROM_START("events/s"),
    /** From the start of the process to the first event that was appended. */
    FIRST_EVENT("s"),
    /** Effects a second, from the first to the last one. */
    EFFECTS("effects/s"),
    /** Effects a second, from the start of the process to the last one. */
    EFFECTS_FROM_START("effects/s"),
    /** From the start of the process to its first effect. */
    FIRST_EFFECT("s"),
    /** The most memory that was resident at once. */
    PEAK_MEMORY("MB"),
    /** Processor time a million events, the start of the process included. */
    CPU("s"),
    /** Records that came more than once. */
    DUPLICATES("records"),
    /** Records that a consumer could make nothing of. */
    DEAD_LETTERS("records"),
    /** Records that wait behind one of these. */
    PARKED("records"),
    /** Latency from the COMMIT to the consumer, or to its effect, that half of the events do not exceed. */
    P50("ms"),
    P99("ms"),
    P999("ms"),
    /** Events a second that the writers committed. */
    WRITTEN("events/s");

    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}
