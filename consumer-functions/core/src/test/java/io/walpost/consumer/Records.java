package io.walpost.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import java.util.List;
import java.util.UUID;

/** Records for tests. Those of one key and offset carry the same event. */
public final class Records {

    public static final String TOPIC = "outbox.event.order";

    private Records() {}

    public static IncomingRecord event(String key, long offset) {
        return event(key, offset, new UUID(key.hashCode(), offset));
    }

    public static IncomingRecord event(String key, long offset, UUID id) {
        return new IncomingRecord(
                place(offset),
                key.getBytes(UTF_8),
                List.of(header(EventHeaders.ID, id.toString()), header(EventHeaders.TYPE, "OrderPlaced")),
                ("{\"offset\":" + offset + "}").getBytes(UTF_8));
    }

    /** Of a key, but no event. */
    public static IncomingRecord malformed(String key, long offset) {
        return new IncomingRecord(place(offset), key.getBytes(UTF_8), List.of(), null);
    }

    public static IncomingRecord withoutKey(long offset) {
        return new IncomingRecord(
                place(offset),
                null,
                List.of(header(EventHeaders.ID, UUID.randomUUID().toString())),
                null);
    }

    public static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static RecordCoordinates place(long offset) {
        return new RecordCoordinates(TOPIC, 0, offset);
    }
}
