package io.walpost.relay.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic as a reader of committed records sees it, from its beginning. */
final class CommittedTopic implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<String> ids = new ArrayList<>();

    CommittedTopic(String bootstrapServers, String topic, int partitionCount) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, partitionCount)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The ids of all events so far, after taking in what has come. For one thread at a time. */
    synchronized List<String> ids() {
        consumer.poll(Duration.ofMillis(100))
                .forEach(record ->
                        ids.add(new String(record.headers().lastHeader("id").value(), UTF_8)));
        return ids;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
