package io.walpost.relay.route;

/** Which of the headers are written that say the same in two conventions. */
public enum HeaderProfile {
    /** {@code id} and {@code type}, as consumers of Debezium's EventRouter read them. */
    DEBEZIUM,
    /** Those of CloudEvents, {@code ce_…}. */
    CLOUDEVENTS,
    BOTH;

    boolean hasPlain() {
        return this != CLOUDEVENTS;
    }

    boolean hasCloudEvents() {
        return this != DEBEZIUM;
    }
}
