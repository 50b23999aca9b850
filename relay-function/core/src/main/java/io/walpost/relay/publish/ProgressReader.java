package io.walpost.relay.publish;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the last committed record of a key.
 *
 * <p>It reads up to the end of the partition, and not only up to the end of what a reader of committed records is given
 * now (the last stable offset): that may be held back by the open transaction of another relay, and the record that is
 * looked for may be behind it. So it waits until the other transaction ends.
 */
final class ProgressReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReader.class);

    /** How far from the end to begin; a slot that was active lately has its record there. */
    private static final long FIRST_REACH = 1_000;

    private static final int FURTHER = 10;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LONG = TimeUnit.SECONDS.toNanos(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    ProgressReader(ProducerSettings settings, TopicPartition partition) {
        this.partition = partition;
        this.consumer = new KafkaConsumer<>(
                settings.consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    /**
     * @param beginning the first offset of the partition
     * @param end the one behind the last record, be it committed or not
     */
    Optional<Progress> last(byte[] key, long beginning, long end) throws RelayException {
        long reach = FIRST_REACH;
        long from = end;
        ConsumerRecord<byte[], byte[]> found = null;
        while (found == null && from > beginning) {
            from = Math.max(beginning, end - reach);
            found = lastBetween(from, end, key);
            reach *= FURTHER;
        }
        return found == null || found.value() == null ? Optional.empty() : Optional.of(parse(found));
    }

    private ConsumerRecord<byte[], byte[]> lastBetween(long from, long end, byte[] key) {
        ConsumerRecord<byte[], byte[]> last = null;
        consumer.seek(partition, from);
        long begun = System.nanoTime();
        boolean told = false;
        while (consumer.position(partition) < end) {
            if (!told && System.nanoTime() - begun > LONG) {
                LOG.info("Waiting until another relay ends its transaction in {}", partition.topic());
                told = true;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (Arrays.equals(record.key(), key)) {
                    last = record;
                }
            }
        }
        return last;
    }

    private static Progress parse(ConsumerRecord<byte[], byte[]> record) throws RelayException {
        try {
            return Progress.parse(record.value());
        } catch (IllegalArgumentException e) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "The record at offset " + record.offset() + " of " + record.topic()
                            + " has the key of this slot's progress, but is none. Is the topic used for something else?",
                    e);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
