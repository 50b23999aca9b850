package io.walpost.billing.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.localstack.LocalKafka;
import io.walpost.outbox.EventHeaders;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of its own, written to as the relay does. An order lies in the partition that is the rest of its number. */
final class OrderTopic implements AutoCloseable {

    final String name;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;

    OrderTopic(LocalKafka kafka, String name, int partitions) {
        this.name = name;
        this.partitions = partitions;
        kafka.createTopic(name, partitions);
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** With one line for 12.50. */
    ProducerRecord<byte[], byte[]> placed(long order) {
        return event(order, "OrderPlaced", String.format(Locale.ROOT, """
                {"orderId":%d,"version":1,"customer":"ada","currency":"EUR",\
                "lines":[{"lineId":1,"sku":"book","quantity":1,"unitPrice":12.50}],"total":12.50}""", order));
    }

    /** One for 1.20 more. With a version that is not the next, the total does not fit, and the event is refused. */
    ProducerRecord<byte[], byte[]> lineAdded(long order, int version) {
        return event(
                order,
                "OrderLineAdded",
                String.format(Locale.ROOT, """
                {"orderId":%d,"version":%d,\
                "line":{"lineId":%d,"sku":"pen","quantity":1,"unitPrice":1.20},"total":%.2f}""", order, version, version, 12.50 + 1.20 * (version - 1)));
    }

    ProducerRecord<byte[], byte[]> event(long order, String type, String payload) {
        ProducerRecord<byte[], byte[]> event =
                record((int) (order % partitions), Long.toString(order).getBytes(UTF_8), payload);
        event.headers().add(EventHeaders.ID, UUID.randomUUID().toString().getBytes(UTF_8));
        event.headers().add(EventHeaders.TYPE, type.getBytes(UTF_8));
        event.headers().add(EventHeaders.COMMITTED_AT, Instant.now().toString().getBytes(UTF_8));
        event.headers().add("region", "Île-de-France".getBytes(UTF_8));
        event.headers().add("nothing", null);
        return event;
    }

    ProducerRecord<byte[], byte[]> record(int partition, byte[] key, String payload) {
        return new ProducerRecord<>(name, partition, key, payload == null ? null : payload.getBytes(UTF_8));
    }

    /** Returns before the broker has it; {@link #flush} waits. */
    void send(ProducerRecord<byte[], byte[]> event) {
        producer.send(event, (metadata, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("The broker did not take the record", failure);
            }
        });
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
