package io.walpost.consumer;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the order of events hangs on: those of one aggregate share the key within their topic.
 *
 * @param topic the topic
 * @param key the record's key, compared by its bytes; not to be modified
 */
public record RecordKey(String topic, ByteBuffer key) {

    /** Empty for a record without a key, which nothing can be ordered behind. */
    public static Optional<RecordKey> of(IncomingRecord record) {
        return record.key() == null
                ? Optional.empty()
                : Optional.of(new RecordKey(
                        record.coordinates().topic(),
                        ByteBuffer.wrap(record.key()).asReadOnlyBuffer()));
    }

    /** The key's bytes, copied. */
    public byte[] bytes() {
        byte[] bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        return bytes;
    }

    /** Without the key, which names an aggregate. */
    @Override
    public String toString() {
        return "RecordKey[" + topic + "]";
    }
}
