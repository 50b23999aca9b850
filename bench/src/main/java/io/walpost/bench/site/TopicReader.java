package io.walpost.bench.site;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of the benchmark's own, which waits for transactions to commit. For one thread. */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReader(String bootstrapServers, Map<TopicPartition, Long> from) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "max.poll.records", "10000",
                        "max.partition.fetch.bytes", "4194304"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
    }

    /** What has come, or nothing if nothing comes for so long. */
    public ConsumerRecords<byte[], byte[]> poll(Duration limit) throws InterruptedException {
        try {
            return consumer.poll(limit);
        } catch (InterruptException e) {
            // It has the thread interrupted again, which the exception below stands for.
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
