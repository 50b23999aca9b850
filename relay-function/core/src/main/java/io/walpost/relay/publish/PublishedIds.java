package io.walpost.relay.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.walpost.outbox.EventHeaders;
import io.walpost.relay.failure.RelayException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;

/** Reads the ids of the events that topics have. Owned by one thread. */
public final class PublishedIds implements AutoCloseable {

    /** Where the wire contract has the id; where a broker passes on CloudEvents alone, only the second is there. */
    private static final List<String> ID_HEADERS = List.of(EventHeaders.ID, EventHeaders.CE_ID);

    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param settings how the producer reaches the brokers */
    public PublishedIds(ProducerSettings settings) throws RelayException {
        this.admin = KafkaCalls.call(() -> Admin.create(ClientSettings.admin(settings)));
        this.consumer = KafkaCalls.call(() -> new KafkaConsumer<>(ClientSettings.consumer(settings)));
    }

    /**
     * Reads what topics have, up to where they end now.
     *
     * @param topics those that do not exist have nothing
     * @param from records with an earlier timestamp are not read, as far as the topic's index tells; empty to begin at
     *     the beginning
     * @param action is given each id; records without one are none of ours
     */
    public void read(Collection<String> topics, Optional<Instant> from, Consumer<UUID> action) throws RelayException {
        KafkaCalls.call(() -> {
            List<TopicPartition> partitions = partitions(existing(topics));
            new TopicScan(consumer, admin)
                    .read(starts(partitions, from), record -> id(record).ifPresent(action));
            return null;
        });
    }

    /**
     * Topics that may have had events which they do not have any more, with the reason in words.
     *
     * @param from when the oldest event of interest happened; empty if that is not known
     */
    public Map<String, String> forgetful(Collection<String> topics, Optional<Instant> from) throws RelayException {
        return KafkaCalls.call(() -> {
            Set<String> existing = existing(topics);
            Map<String, String> forgetful = new HashMap<>();
            Set<String> compacted = compacted(existing);
            compacted.forEach(
                    topic -> forgetful.put(topic, "is compacted: it keeps only the last events of each aggregate"));
            List<TopicPartition> partitions = partitions(existing);
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, KafkaCalls.PATIENCE);
            Map<TopicPartition, OffsetAndTimestamp> firsts = consumer.offsetsForTimes(
                    partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> 0L)),
                    KafkaCalls.PATIENCE);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp first = firsts.get(partition);
                if (beginnings.get(partition) > 0 && !reachesBack(first, from)) {
                    forgetful.putIfAbsent(
                            partition.topic(),
                            "does not reach back far enough: its older records were removed, and partition "
                                    + partition.partition() + " now begins "
                                    + (first == null
                                            ? "with what comes next"
                                            : "at " + Instant.ofEpochMilli(first.timestamp())));
                }
            }
            return forgetful;
        });
    }

    private static boolean reachesBack(OffsetAndTimestamp first, Optional<Instant> from) {
        return first != null
                && from.isPresent()
                && first.timestamp() <= from.get().toEpochMilli();
    }

    private Set<String> compacted(Set<String> topics) throws RelayException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return KafkaCalls.await(admin.describeConfigs(resources).all()).entrySet().stream()
                .filter(config -> config.getValue()
                        .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                        .value()
                        .contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                .map(config -> config.getKey().name())
                .collect(Collectors.toSet());
    }

    private Set<String> existing(Collection<String> topics) throws RelayException {
        Set<String> existing = KafkaCalls.await(admin.listTopics().names());
        return topics.stream().filter(existing::contains).collect(Collectors.toSet());
    }

    private List<TopicPartition> partitions(Set<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic, KafkaCalls.PATIENCE)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    private Map<TopicPartition, Long> starts(List<TopicPartition> partitions, Optional<Instant> from) {
        Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions, KafkaCalls.PATIENCE));
        if (from.isPresent()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, KafkaCalls.PATIENCE);
            consumer.offsetsForTimes(
                            partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> from.get()
                                    .toEpochMilli())),
                            KafkaCalls.PATIENCE)
                    .forEach((partition, found) ->
                            starts.put(partition, found == null ? ends.get(partition) : found.offset()));
        }
        return starts;
    }

    private static Optional<UUID> id(ConsumerRecord<byte[], byte[]> record) {
        for (String name : ID_HEADERS) {
            Header header = record.headers().lastHeader(name);
            if (header != null && header.value() != null) {
                try {
                    return Optional.of(UUID.fromString(new String(header.value(), US_ASCII)));
                } catch (IllegalArgumentException notOurs) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
