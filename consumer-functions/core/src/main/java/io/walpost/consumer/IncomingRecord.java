package io.walpost.consumer;

import java.util.Map;
import java.util.Objects;

/**
 * A Kafka record as a binding received it, before anything of it is understood.
 *
 * @param coordinates where the record lies
 * @param key the record's key; null if it has none
 * @param headers the last value of each header; a header without a value is left out
 * @param value the record's value; null on a tombstone
 */
public record IncomingRecord(RecordCoordinates coordinates, byte[] key, Map<String, byte[]> headers, byte[] value) {

    public IncomingRecord {
        Objects.requireNonNull(coordinates, "coordinates");
        headers = Map.copyOf(headers);
    }

    /** Leaves out all content, so that a record can be logged. */
    @Override
    public String toString() {
        return "IncomingRecord[" + coordinates + "]";
    }
}
