package io.walpost.bench.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics that contenders publish to. */
public final class Topics implements AutoCloseable {

    /** As many as make a keyed topic a realistic one, on a single broker. */
    private static final int PARTITIONS = 4;

    private static final int WARM_UP_RECORDS = 600_000;
    private static final int WARM_UP_BYTES = 256;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final Admin admin;

    Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /**
     * Creates a topic whose records carry the time at which the broker appended them: what is measured by them needs
     * nobody to look on, and is by the broker's clock for all contenders alike.
     */
    public void create(String topic) {
        await(admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                .all());
    }

    /**
     * Has the broker append what a drain does, and a listing of offsets, to a topic that is deleted again: in production
     * it is the relay that is started cold, not Kafka, and the first contenders must not pay for the broker's compilation.
     */
    void warmUp() {
        String topic = "warm-up";
        create(topic);
        try (var producer = producer()) {
            Random random = new Random(WARM_UP_RECORDS);
            byte[] value = new byte[WARM_UP_BYTES];
            for (int i = 0; i < WARM_UP_RECORDS; i++) {
                random.nextBytes(value);
                var record = new ProducerRecord<>(topic, Integer.toString(i).getBytes(UTF_8), value.clone());
                record.headers().add("id", value).add("type", value);
                producer.send(record);
            }
            producer.flush();
        }
        ends(topic);
        delete(topic);
    }

    public void delete(String topic) {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    /** How far each partition can be read by a consumer that waits for transactions to commit. */
    public Map<TopicPartition, Long> ends(String topic) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions(topic).stream().collect(Collectors.toMap(partition -> partition, p -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return Map.copyOf(ends);
    }

    /** Appends records in their order. */
    public void append(Consumer<Consumer<ProducerRecord<byte[], byte[]>>> source) {
        try (var producer = producer()) {
            source.accept(producer::send);
            producer.flush();
        }
    }

    /** How far a group has acknowledged each partition; 0 of those of which it has acknowledged nothing. */
    public Map<TopicPartition, Long> acknowledged(String group, String topic) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions(topic).forEach(partition -> offsets.put(partition, 0L));
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return Map.copyOf(offsets);
    }

    /** How many offsets lie between. */
    public static long between(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        return to.entrySet().stream()
                .mapToLong(end -> end.getValue() - from.get(end.getKey()))
                .sum();
    }

    /** A reader that begins at these offsets. */
    public TopicReader reader(Map<TopicPartition, Long> from) {
        return new TopicReader(bootstrapServers, from);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "compression.type", "lz4",
                        "batch.size", "131072",
                        "linger.ms", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchException("Kafka does not do what it is asked: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
