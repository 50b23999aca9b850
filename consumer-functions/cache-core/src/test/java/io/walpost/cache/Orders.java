package io.walpost.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.consumer.EventPosition;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Events of orders, for tests. */
final class Orders {

    static final String TOPIC = "outbox.event.order";
    static final String PREFIX = "walpost:";

    private Orders() {}

    static String key(Object order) {
        return PREFIX + "order:" + order;
    }

    static String snapshot(long version) {
        return "{\"version\":" + version + ",\"total\":12.50}";
    }

    /** An event with snapshot, as the sample app writes it. */
    static ReceivedEvent changed(Object order, long version) {
        return event(order, "{\"version\":" + version + ",\"order\":" + snapshot(version) + "}", version * 100);
    }

    static ReceivedEvent withoutSnapshot(Object order, long version) {
        return event(order, "{\"version\":" + version + "}", version * 100);
    }

    static ReceivedEvent withoutVersion(Object order, long lsn) {
        return event(order, "{}", lsn);
    }

    static ReceivedEvent tombstone(Object order, long lsn) {
        return event(order, null, lsn);
    }

    /** @param lsn 0 for an event without position, as Debezium's are */
    static ReceivedEvent event(Object order, String payload, long lsn) {
        return new ReceivedEvent(
                new RecordCoordinates(TOPIC, 0, lsn),
                UUID.randomUUID(),
                "order",
                order.toString(),
                Optional.of("OrderChanged"),
                Optional.empty(),
                lsn == 0 ? Optional.empty() : Optional.of(new EventPosition(new Lsn(lsn), 1, 1, true)),
                Optional.empty(),
                payload == null ? null : payload.getBytes(UTF_8),
                Optional.empty());
    }

    /** The same before anything of it is understood. */
    static IncomingRecord record(Object order, long version, long offset) {
        return record(order, "{\"version\":" + version + "}", offset);
    }

    static IncomingRecord record(Object order, String payload, long offset) {
        return new IncomingRecord(
                new RecordCoordinates(TOPIC, 0, offset),
                order.toString().getBytes(UTF_8),
                List.of(new RecordHeader(
                        EventHeaders.ID, UUID.randomUUID().toString().getBytes(UTF_8))),
                payload.getBytes(UTF_8));
    }
}
