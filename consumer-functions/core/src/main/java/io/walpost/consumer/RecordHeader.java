package io.walpost.consumer;

import java.util.Objects;

/**
 * One header of a record. A record may have several of one name.
 *
 * @param value null if the header has none
 */
public record RecordHeader(String name, byte[] value) {

    public RecordHeader {
        Objects.requireNonNull(name, "name");
    }

    /** Leaves out the value, so that a header can be logged. */
    @Override
    public String toString() {
        return "RecordHeader[" + name + "]";
    }
}
