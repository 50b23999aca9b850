package io.walpost.consumer;

import java.util.Objects;

/** Where a record lies in Kafka; what logs and errors name instead of its content. */
public record RecordCoordinates(String topic, int partition, long offset) {

    public RecordCoordinates {
        Objects.requireNonNull(topic, "topic");
    }

    /** As in {@code outbox.event.order-0@17}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
