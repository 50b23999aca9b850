package io.walpost.relay.route;

/** What a record's own timestamp is. */
public enum RecordTimestamp {
    /** When the event happened; when it was committed, if it does not say or Kafka cannot take it. */
    EVENT,
    /** When the producer sent it. */
    PUBLISH
}
