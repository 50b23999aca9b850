package io.walpost.bench.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events as records with all headers that the relay writes: a consumer has to read them, too. */
public final class OrderRecords {

    private static final long FIRST_LSN = 1L << 32;
    private static final long BYTES_PER_TRANSACTION = 1_024;

    private final String topic;
    private final Instant began;

    /** @param began when the first event was committed; the others follow, a millisecond each */
    public OrderRecords(String topic, Instant began) {
        this.topic = topic;
        this.began = began;
    }

    /** The same on each delivery of the event. */
    public ProducerRecord<byte[], byte[]> of(OrderEvent event) {
        String id = event.id().toString();
        String key = Long.toString(event.orderId());
        Instant committed = began.plusMillis(event.number());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(UTF_8), event.payload());
        add(record, EventHeaders.ID, id);
        add(record, EventHeaders.TYPE, event.type());
        add(record, EventHeaders.CE_SPECVERSION, "1.0");
        add(record, EventHeaders.CE_ID, id);
        add(record, EventHeaders.CE_SOURCE, "/walpost/bench");
        add(record, EventHeaders.CE_TYPE, event.type());
        add(record, EventHeaders.CE_SUBJECT, key);
        add(record, EventHeaders.CE_TIME, committed.minusMillis(1).toString());
        add(record, EventHeaders.CONTENT_TYPE, "application/json");
        add(record, EventHeaders.LSN, new Lsn(FIRST_LSN + event.number() * BYTES_PER_TRANSACTION).toString());
        add(record, EventHeaders.TX, Integer.toString(1_000 + event.number()));
        add(record, EventHeaders.TX_ORDER, "1");
        add(record, EventHeaders.TX_LAST, "true");
        add(record, EventHeaders.COMMITTED_AT, committed.toString());
        return record;
    }

    private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
