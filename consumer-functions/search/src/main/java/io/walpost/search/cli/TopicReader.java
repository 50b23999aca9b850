package io.walpost.search.cli;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import io.walpost.search.IndexException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning, without a consumer group: nobody else notices. For one thread.
 *
 * <p>A topic that loses records before they are read is an error, not a gap: offsets are not reset.
 */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Set<TopicPartition> partitions = new HashSet<>();
    private Map<TopicPartition, Long> ends = Map.of();
    private long read;

    /** @param kafka the address of the brokers, and whatever it takes to be let in */
    TopicReader(Map<String, Object> kafka, String topic) {
        this.consumer =
                new KafkaConsumer<>(properties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
    }

    private static Map<String, Object> properties(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Together they bound what is in memory, however large the records are.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        return properties;
    }

    /**
     * Looks how far the topic reaches now, and whether it has got more partitions.
     *
     * @throws IndexException if there is no such topic
     */
    void lookAhead() throws IndexException {
        List<TopicPartition> found = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .filter(partition -> !partitions.contains(partition))
                .toList();
        if (!found.isEmpty()) {
            partitions.addAll(found);
            consumer.assign(partitions);
            consumer.seekToBeginning(found);
        }
        if (partitions.isEmpty()) {
            throw new IndexException("There is no topic " + topic + ", so there is nothing to rebuild the index from.");
        }
        ends = consumer.endOffsets(partitions);
    }

    /** True if the topic has lost its first records, because of their age or its size. */
    boolean isCutOff() {
        return consumer.beginningOffsets(partitions).values().stream().anyMatch(offset -> offset > 0);
    }

    /** The next records; perhaps none yet. */
    List<IncomingRecord> poll() {
        List<IncomingRecord> records = new ArrayList<>();
        consumer.poll(POLL).forEach(record -> records.add(incoming(record)));
        read += records.size();
        return records;
    }

    /** How many records were read. */
    long read() {
        return read;
    }

    /** How many offsets lie between what was read and the ends at the last look ahead. */
    long remaining() {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    static IncomingRecord incoming(ConsumerRecord<byte[], byte[]> record) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return new IncomingRecord(
                new RecordCoordinates(record.topic(), record.partition(), record.offset()),
                record.key(),
                headers,
                record.value());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
