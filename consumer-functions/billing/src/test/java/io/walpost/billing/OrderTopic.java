package io.walpost.billing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to the topic of the orders as the relay does, and reads what billing put aside. */
final class OrderTopic implements AutoCloseable {

    static final String TOPIC = "outbox.event.order";
    static final String DEAD_LETTERS = "billing.dead-letter";

    private static final int LARGEST_REQUEST = 8 << 20;

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    OrderTopic(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        LARGEST_REQUEST),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    UUID send(String type, long orderId, String payload) {
        return send(UUID.randomUUID(), type, orderId, payload);
    }

    UUID send(UUID id, String type, long orderId, String payload) {
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(
                TOPIC, Long.toString(orderId).getBytes(UTF_8), payload == null ? null : payload.getBytes(UTF_8));
        header(event, EventHeaders.ID, id.toString());
        header(event, EventHeaders.TYPE, type);
        header(event, EventHeaders.COMMITTED_AT, Instant.now().toString());
        send(event);
        return id;
    }

    /** Returns when the broker has it. */
    void send(ProducerRecord<byte[], byte[]> event) {
        try {
            producer.send(event).get();
        } catch (Exception e) {
            throw new IllegalStateException("The broker did not take the record", e);
        }
    }

    static void header(ProducerRecord<byte[], byte[]> event, String name, String value) {
        event.headers().add(name, value.getBytes(UTF_8));
    }

    /** All dead letters up to now, of its one partition. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        TopicPartition partition = new TopicPartition(DEAD_LETTERS, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
            return letters;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
