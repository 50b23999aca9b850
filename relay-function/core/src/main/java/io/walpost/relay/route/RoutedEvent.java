package io.walpost.relay.route;

/**
 * An event on its way to a topic. The arrays are not copied and not to be changed.
 *
 * @param id the event's id, for messages about it
 * @param key decides the partition: events of one aggregate share one
 * @param value null for a tombstone
 */
public record RoutedEvent(String id, String topic, byte[] key, byte[] value, RecordHeaders headers) {

    /** About how many bytes the record takes, uncompressed. */
    public int size() {
        return key.length + (value == null ? 0 : value.length) + headers.size();
    }
}
