package io.walpost.consumer.runtime;

/** Where the records come from. */
public enum Binding {
    /** Read from Kafka, as a member of a group. */
    KAFKA,
    /** Sent by Knative's KafkaSource, as CloudEvents over HTTP. */
    HTTP
}
