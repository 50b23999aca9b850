package io.walpost.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.consumer.RecordHeader;
import io.walpost.localstack.LocalKafka;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of orders' events, and what an index of it has to hold. */
public final class OrderTopic implements AutoCloseable {

    private static final int PARTITIONS = 3;
    private static final AtomicInteger NAMES = new AtomicInteger();

    public final String name;

    /** The newest version of each order, that of a deleted one as a negative number. */
    public final Map<Long, Long> orders = new ConcurrentHashMap<>();

    private final KafkaProducer<String, byte[]> producer;

    /** A topic that no other test uses. */
    public OrderTopic(LocalKafka kafka) {
        this(kafka, OrderRecords.TOPIC + NAMES.incrementAndGet());
    }

    public OrderTopic(LocalKafka kafka, String name) {
        this.name = name;
        kafka.createTopic(name, PARTITIONS);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** One change more of an order; the first places it. */
    public void change(long id) {
        long version = Math.abs(orders.getOrDefault(id, 0L)) + 1;
        orders.put(id, version);
        send(version == 1 ? "OrderPlaced" : "OrderLineAdded", id, OrderRecords.changedPayload(id, version, "25.00"));
    }

    public void delete(long id) {
        long version = Math.abs(orders.get(id)) + 1;
        orders.put(id, -version);
        send("OrderDeleted", id, OrderRecords.deletedPayload(id, version));
    }

    public void send(String type, long id, String payload) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(name, Long.toString(id), payload.getBytes(UTF_8));
        for (RecordHeader header : OrderRecords.headers(type)) {
            record.headers().add(header.name(), header.value());
        }
        producer.send(record);
    }

    /** Returns when all that was sent is in the topic. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
