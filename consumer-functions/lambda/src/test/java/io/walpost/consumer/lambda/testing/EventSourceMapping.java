package io.walpost.consumer.lambda.testing;

import io.walpost.localstack.lambda.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Does what Lambda's event source mapping for Kafka does, with {@code BisectBatchOnFunctionError} and
 * {@code ReportBatchItemFailures} on and retries without end: fetches batches, invokes the function, delivers again what it
 * names, halves a batch that it failed with, and commits offsets only of what it has not named.
 */
public final class EventSourceMapping {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> kafka;
    private final String topic;
    private final int batchSize;
    private final Redelivery redelivery;
    private final Function<String, Answer> function;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();

    /** @param batchSize how many records an invocation gets at most, of all partitions together */
    public EventSourceMapping(
            String bootstrapServers,
            String topic,
            int batchSize,
            Redelivery redelivery,
            Function<String, Answer> function) {
        this(bootstrapServers, "event-source-mapping", topic, batchSize, redelivery, function);
    }

    /** @param group under which it commits, and so goes on where it was */
    public EventSourceMapping(
            String bootstrapServers,
            String group,
            String topic,
            int batchSize,
            Redelivery redelivery,
            Function<String, Answer> function) {
        this.kafka = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        this.topic = topic;
        this.batchSize = batchSize;
        this.redelivery = redelivery;
        this.function = function;
    }

    /** Returns once everything that the topic holds by now is delivered, done with and committed. */
    public void deliverAll() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> fetched = inOrder();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                poll(consumer, fetched);
            }
            deliver(consumer, fetched);
        }
    }

    /** Delivers what comes into the topic until it is told to stop, or the call of the function throws. */
    public void deliverUntil(BooleanSupplier stopped) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            partitions(consumer);
            while (!stopped.getAsBoolean()) {
                Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> fetched = inOrder();
                poll(consumer, fetched);
                deliver(consumer, fetched);
            }
        }
    }

    /** What the function answered, invocation by invocation. */
    public List<Answer> answers() {
        return List.copyOf(answers);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** All of the topic, which are the consumer's from now on. */
    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        return partitions;
    }

    private static Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> inOrder() {
        return new TreeMap<>((one, other) -> Integer.compare(one.partition(), other.partition()));
    }

    private static void poll(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> fetched) {
        consumer.poll(POLL).forEach(record -> fetched.computeIfAbsent(
                        new TopicPartition(record.topic(), record.partition()), partition -> new ArrayDeque<>())
                .add(record));
    }

    private void deliver(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> fetched) {
        while (!fetched.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> batch = nextBatch(fetched);
            deliver(batch);
            consumer.commitSync(batch.stream()
                    .collect(Collectors.toMap(
                            record -> new TopicPartition(topic, record.partition()),
                            record -> new OffsetAndMetadata(record.offset() + 1),
                            (earlier, later) -> later)));
        }
    }

    /** Something of each partition, one partition after the other. */
    private List<ConsumerRecord<byte[], byte[]>> nextBatch(
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> fetched) {
        int share = Math.max(1, batchSize / fetched.size());
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (Deque<ConsumerRecord<byte[], byte[]>> records : fetched.values()) {
            for (int i = 0; i < share && !records.isEmpty() && batch.size() < batchSize; i++) {
                batch.add(records.remove());
            }
        }
        fetched.values().removeIf(Deque::isEmpty);
        return batch;
    }

    private void deliver(List<ConsumerRecord<byte[], byte[]>> batch) {
        List<ConsumerRecord<byte[], byte[]>> open = batch;
        while (!open.isEmpty()) {
            Answer answer = function.apply(KafkaEvents.event(open));
            answers.add(answer);
            if (answer instanceof Answer.Success success) {
                open = redelivery.remaining(open, success.json());
            } else if (open.size() > 1) {
                int half = open.size() / 2;
                deliver(open.subList(0, half));
                open = open.subList(half, open.size());
            }
        }
    }
}
