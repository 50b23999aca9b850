package io.walpost.relay.publish;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads partitions up to where they end when the scan begins: everything that is committed before that end, also what
 * lies behind a transaction that is still open then. Such a transaction is waited for.
 */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Longer than a transaction may stay open by the relay's settings, so that the broker has ended it by then. */
    private static final long STALL_LIMIT = TimeUnit.MINUTES.toNanos(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;

    TopicScan(KafkaConsumer<byte[], byte[]> consumer, Admin admin) {
        this.consumer = consumer;
        this.admin = admin;
    }

    /**
     * @param starts the partitions, each with the offset to begin at
     * @throws RelayException if nothing moves for two minutes
     */
    void read(Map<TopicPartition, Long> starts, Consumer<ConsumerRecord<byte[], byte[]>> action) throws RelayException {
        Map<TopicPartition, Long> ends = ends(starts);
        consumer.assign(starts.keySet());
        starts.forEach(consumer::seek);
        long lastMoved = System.nanoTime();
        while (!ends.isEmpty()) {
            long before = positions(ends);
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(action);
            if (positions(ends) != before) {
                lastMoved = System.nanoTime();
            } else if (System.nanoTime() - lastMoved > STALL_LIMIT) {
                throw new RelayException(
                        FailureKind.KAFKA_UNAVAILABLE,
                        "Reading " + ends.keySet() + " does not go on: a broker is away, or a transaction stays open");
            }
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        consumer.unsubscribe();
    }

    private long positions(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().mapToLong(consumer::position).sum();
    }

    /** The high watermarks, which do not stop at an open transaction, as the end of what is committed does. */
    private Map<TopicPartition, Long> ends(Map<TopicPartition, Long> starts) throws RelayException {
        var latest = KafkaCalls.await(admin.listOffsets(
                        starts.keySet().stream().collect(Collectors.toMap(key -> key, key -> OffsetSpec.latest())),
                        new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all());
        return latest.entrySet().stream()
                .filter(end -> end.getValue().offset() > starts.get(end.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }
}
