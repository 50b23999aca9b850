package io.walpost.relay.publish.parked;

import io.walpost.relay.poison.PoisonPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads all dead letters, from the first one on; those of one key in order. Used by one thread. */
final class LetterReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final ClientProperties clients;
    private final PoisonPolicy policy;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** Where the partitions ended when that was last looked up: they may grow all the time. */
    private Map<TopicPartition, Long> target;

    LetterReader(ClientProperties clients, PoisonPolicy policy) throws InterruptedException {
        this.clients = clients;
        this.policy = policy;
        this.partitions = List.copyOf(ends().keySet());
        this.consumer = clients.askingConsumer();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException {
        try (Admin admin = clients.admin()) {
            Map<TopicPartition, Long> ends = new HashMap<>(new OwnTopics(admin, policy, OptionalInt.empty()).ends());
            ends.keySet().removeIf(partition -> !partition.topic().equals(policy.deadLetterTopic()));
            return ends;
        }
    }

    /** The next letters, if there are any before long. */
    List<Letter> poll() {
        if (partitions.isEmpty()) {
            return List.of();
        }
        return StreamSupport.stream(consumer.poll(POLL).spliterator(), false)
                .map(Letter::new)
                .toList();
    }

    /** Whether all has been read that was committed some time ago; asked again, it is a later time. */
    boolean isAtEnd() {
        if (target == null) {
            target = consumer.endOffsets(partitions);
        }
        boolean reached = target.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        if (reached) {
            target = null;
        }
        return reached;
    }

    /** Up to where each partition has been read. */
    Map<Integer, Long> readTo() {
        return partitions.stream().collect(Collectors.toMap(TopicPartition::partition, consumer::position));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
