package io.walpost.consumer.runtime.kafka;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits what lies before the acknowledged records, every so often, when a partition is taken away, and at the end. An
 * acknowledged record stands for all before it in its partition.
 *
 * <p>Of SmallRye's own strategies {@code throttled} only knows the last record of each partition of a batch, so that a
 * batch of which a part is done cannot be acknowledged up to there; {@code latest} commits each time, and fails the channel
 * when Kafka does not take it. Called by several threads.
 */
final class BatchCommit implements KafkaCommitHandler {

    private static final Logger LOG = Logger.getLogger(BatchCommit.class);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(10);

    private final KafkaConsumer<?, ?> consumer;
    private final Runnable stopTimer;
    private final Set<TopicPartition> assigned = new HashSet<>();

    /** Where to go on, of the assigned partitions of which something is acknowledged. */
    private final Map<TopicPartition, Long> progress = new HashMap<>();

    /** Those of them whose progress is not committed. */
    private final Set<TopicPartition> due = new HashSet<>();

    /** @param timer given what is to be done every so often, returns what ends that */
    BatchCommit(KafkaConsumer<?, ?> consumer, Timer timer) {
        this.consumer = consumer;
        this.stopTimer = timer.start(this::commit);
    }

    @FunctionalInterface
    interface Timer {
        Runnable start(Runnable task);
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        acknowledged(new TopicPartition(record.getTopic(), record.getPartition()), record.getOffset() + 1);
        return Uni.createFrom().voidItem();
    }

    /** A partition that went to another member meanwhile is that one's: its later progress must not be turned back. */
    private synchronized void acknowledged(TopicPartition partition, long next) {
        if (assigned.contains(partition)) {
            progress.merge(partition, next, Math::max);
            due.add(partition);
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets;
        synchronized (this) {
            offsets = take(assigned);
        }
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets).subscribe().with(done -> {}, failure -> putBack(offsets.keySet(), failure));
        }
    }

    private synchronized void putBack(Set<TopicPartition> partitions, Throwable failure) {
        LOG.debugf(failure, "Offsets were not committed, and will be with the next ones");
        partitions.stream().filter(progress::containsKey).forEach(due::add);
    }

    /** Under the lock: what is due of these partitions, which it is no longer. */
    private Map<TopicPartition, OffsetAndMetadata> take(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
        for (TopicPartition partition : partitions) {
            if (due.remove(partition)) {
                taken.put(partition, new OffsetAndMetadata(progress.get(partition)));
            }
        }
        return taken;
    }

    @Override
    public synchronized void partitionsAssigned(Collection<TopicPartition> partitions) {
        assigned.addAll(partitions);
    }

    /** On the polling thread, which may use the client. */
    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets;
        synchronized (this) {
            offsets = take(partitions);
            partitions.forEach(assigned::remove);
            partitions.forEach(progress::remove);
        }
        if (!offsets.isEmpty()) {
            try {
                consumer.unwrap().commitSync(offsets);
            } catch (RuntimeException e) {
                tellOfDuplicates(e);
            }
        }
    }

    @Override
    public void terminate(boolean graceful) {
        stopTimer.run();
        Map<TopicPartition, OffsetAndMetadata> offsets;
        synchronized (this) {
            offsets = take(assigned);
            assigned.clear();
            progress.clear();
        }
        if (!offsets.isEmpty()) {
            try {
                consumer.commit(offsets).await().atMost(LAST_COMMIT);
            } catch (RuntimeException e) {
                tellOfDuplicates(e);
            }
        }
    }

    private static void tellOfDuplicates(RuntimeException failure) {
        LOG.warnf(
                "The last offsets were not committed (%s); the records behind the ones before are delivered again",
                failure.getMessage());
    }
}
