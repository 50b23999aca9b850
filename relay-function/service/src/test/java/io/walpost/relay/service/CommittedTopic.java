package io.walpost.relay.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic as a reader of committed records sees it, from its beginning. */
final class CommittedTopic implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<String> ids = new ArrayList<>();
    private final Set<String> distinct = new HashSet<>();
    private final Map<String, List<String>> payloads = new HashMap<>();

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
        consumer.poll(Duration.ofMillis(100)).forEach(this::take);
        return ids;
    }

    /** The payloads of what {@link #ids} has seen, by key, each event where it came first. */
    synchronized Map<String, List<String>> payloads() {
        return payloads;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String id = new String(record.headers().lastHeader("id").value(), UTF_8);
        ids.add(id);
        if (distinct.add(id)) {
            payloads.computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
                    .add(new String(record.value(), UTF_8));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
