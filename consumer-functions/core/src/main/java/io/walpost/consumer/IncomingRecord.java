package io.walpost.consumer;

import java.util.List;
import java.util.Objects;

/**
 * A Kafka record as a binding received it, before anything of it is understood.
 *
 * @param coordinates where the record lies
 * @param key the record's key; null if it has none
 * @param headers all its headers, in their order
 * @param value the record's value; null on a tombstone
 */
public record IncomingRecord(RecordCoordinates coordinates, byte[] key, List<RecordHeader> headers, byte[] value) {

    public IncomingRecord {
        Objects.requireNonNull(coordinates, "coordinates");
        headers = List.copyOf(headers);
    }

    /** Leaves out all content, so that a record can be logged. */
    @Override
    public String toString() {
        return "IncomingRecord[" + coordinates + "]";
    }
}
