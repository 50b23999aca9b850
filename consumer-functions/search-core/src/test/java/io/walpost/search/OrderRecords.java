package io.walpost.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import io.walpost.outbox.EventHeaders;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Records of orders' events, as the sample's order service and the relay make them. */
public final class OrderRecords {

    public static final String TOPIC = "outbox.event.order";

    private static final AtomicLong OFFSETS = new AtomicLong();

    private OrderRecords() {}

    /** The order as it is at a version. */
    public static IncomingRecord changed(long id, long version) {
        String type = version == 1 ? "OrderPlaced" : "OrderLineAdded";
        return of(type, id, changedPayload(id, version, "25.00"));
    }

    static IncomingRecord deleted(long id, long version) {
        return of("OrderDeleted", id, deletedPayload(id, version));
    }

    public static String changedPayload(long id, long version, String total) {
        return "{\"orderId\":" + id + ",\"version\":" + version + ",\"order\":" + order(id, version, total) + "}";
    }

    public static String deletedPayload(long id, long version) {
        return "{\"orderId\":" + id + ",\"version\":" + version + "}";
    }

    static String order(long id, long version, String total) {
        return "{\"id\":" + id + ",\"version\":" + version + ",\"customer\":\"customer " + id % 97
                + "\",\"currency\":\"EUR\",\"status\":\"PLACED\",\"total\":" + total
                + ",\"lines\":[{\"lineId\":1,\"sku\":\"book-" + id % 13
                + "\",\"quantity\":2,\"unitPrice\":12.50},{\"lineId\":2,\"sku\":\"pen\",\"quantity\":" + version
                + ",\"unitPrice\":1.20}]}";
    }

    static IncomingRecord of(String type, long id, String payload) {
        return new IncomingRecord(
                new RecordCoordinates(TOPIC, 0, OFFSETS.getAndIncrement()),
                Long.toString(id).getBytes(UTF_8),
                headers(type),
                payload == null ? null : payload.getBytes(UTF_8));
    }

    static List<RecordHeader> headers(String type) {
        RecordHeader eventId =
                new RecordHeader(EventHeaders.ID, UUID.randomUUID().toString().getBytes(UTF_8));
        return type == null
                ? List.of(eventId)
                : List.of(eventId, new RecordHeader(EventHeaders.TYPE, type.getBytes(UTF_8)));
    }
}
