package io.walpost.relay.route;

import io.walpost.relay.checkpoint.EventPosition;

/**
 * An event on its way to a topic. The arrays are not copied and not to be changed.
 *
 * @param id the event's id, for messages about it
 * @param key decides the partition: events of one aggregate share one
 * @param value null for a tombstone
 * @param position where in the log it is
 * @param last whether it is the last of its database transaction
 * @param timestamp the record's, in milliseconds since 1970; {@link #NO_TIMESTAMP} leaves it to the publisher
 * @param isEvent false for a record that the relay writes on its own account: it has no place in the log, must be
 *     published wherever the log stands, and says nothing of how far publishing has come
 */
public record RoutedEvent(
        String id,
        String topic,
        byte[] key,
        byte[] value,
        RecordHeaders headers,
        EventPosition position,
        boolean last,
        long timestamp,
        boolean isEvent) {

    public static final long NO_TIMESTAMP = -1;

    /** An event without a timestamp of its own. */
    public RoutedEvent(
            String id,
            String topic,
            byte[] key,
            byte[] value,
            RecordHeaders headers,
            EventPosition position,
            boolean last) {
        this(id, topic, key, value, headers, position, last, NO_TIMESTAMP, true);
    }

    /**
     * A record of the relay's own.
     *
     * @param at the last event that is done once all up to this record is acknowledged
     * @param last whether nothing of a database transaction has been handed over without its last event
     */
    public static RoutedEvent own(
            String id, String topic, byte[] key, byte[] value, RecordHeaders headers, EventPosition at, boolean last) {
        return new RoutedEvent(id, topic, key, value, headers, at, last, NO_TIMESTAMP, false);
    }

    /** About how many bytes the record takes, uncompressed. */
    public int size() {
        return key.length + (value == null ? 0 : value.length) + headers.size();
    }
}
