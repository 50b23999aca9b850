package io.walpost.relay.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning. */
public final class TopicReader implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    public TopicReader(String topic) {
        this(topic, PARTITIONS);
    }

    public TopicReader(String topic, int partitionCount) {
        this(topic, partitionCount, IsolationLevel.READ_UNCOMMITTED);
    }

    /** A reader that is shown only what is committed, as the consumer of an exactly-once relay is. */
    public static TopicReader ofCommitted(String topic, int partitionCount) {
        return new TopicReader(topic, partitionCount, IsolationLevel.READ_COMMITTED);
    }

    public static TopicReader ofCommitted(String topic) {
        return ofCommitted(topic, PARTITIONS);
    }

    private TopicReader(String topic, int partitionCount, IsolationLevel isolation) {
        RealSystems.kafka().createTopic(topic, partitionCount);
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", RealSystems.kafka().bootstrapServers(),
                        "auto.offset.reset", "earliest",
                        "fetch.max.wait.ms", "50",
                        "isolation.level", isolation.toString(),
                        "max.partition.fetch.bytes", "8388608"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = IntStream.range(0, partitionCount)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything read so far, after taking in what has come. Each partition in its order. */
    public List<ConsumerRecord<byte[], byte[]>> poll() {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        return records;
    }

    /** Reads until a condition on all that was read holds. */
    public List<ConsumerRecord<byte[], byte[]>> until(Predicate<List<ConsumerRecord<byte[], byte[]>>> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.test(poll())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "After 60 s there are " + records.size() + " records: not what was waited for");
            }
        }
        return records;
    }

    /** Up to which offset each partition may be read now. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    public List<ConsumerRecord<byte[], byte[]>> until(int count) {
        return until(read -> read.size() >= count);
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    public static String value(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? null : new String(record.value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
