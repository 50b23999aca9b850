package io.walpost.consumer.runtime.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the consumer's group goes on in its topic, and where it could. Asks Kafka each time, with one client. Thread-safe. */
@Singleton
public class GroupOffsets {

    private static final String PATIENCE_MILLIS = "30000";

    private final ClientProperties properties;
    private final String topic;
    private final String group;
    private Admin admin;

    GroupOffsets(
            ClientProperties properties,
            @ConfigProperty(name = "mp.messaging.incoming.events.topic") String topic,
            @ConfigProperty(name = "mp.messaging.incoming.events.group.id") String group) {
        this.properties = properties;
        this.topic = topic;
        this.group = group;
    }

    public String topic() {
        return topic;
    }

    public String group() {
        return group;
    }

    /**
     * One partition.
     *
     * @param committed where the group goes on; empty if it has not begun
     * @param begin the first record that Kafka still has
     * @param end where the next record will be
     */
    public record Partition(int number, OptionalLong committed, long begin, long end) {

        /** Where a member of the group begins to read. */
        public long next() {
            return Math.max(begin, committed.orElse(begin));
        }

        public long behind() {
            return Math.max(0, end - next());
        }
    }

    /** @throws KafkaException if Kafka cannot be asked */
    public List<Partition> partitions() throws InterruptedException {
        List<TopicPartition> partitions = topicPartitions();
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return partitions.stream()
                .map(partition -> new Partition(
                        partition.partition(),
                        committed.get(partition) == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(committed.get(partition).offset()),
                        begins.get(partition),
                        ends.get(partition)))
                .toList();
    }

    /** Of each partition the first record with this timestamp or a later one; none for partitions that have none. */
    public Map<Integer, Long> atTimestamp(long millis) throws InterruptedException {
        Map<Integer, Long> found = new HashMap<>();
        offsets(topicPartitions(), OffsetSpec.forTimestamp(millis)).forEach((partition, offset) -> {
            if (offset >= 0) {
                found.put(partition.partition(), offset);
            }
        });
        return found;
    }

    /** The members that the group has now. */
    public int members() throws InterruptedException {
        try {
            ConsumerGroupDescription description = get(admin().describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group));
            boolean isActive =
                    description.groupState() != GroupState.EMPTY && description.groupState() != GroupState.DEAD;
            return isActive ? Math.max(1, description.members().size()) : 0;
        } catch (GroupIdNotFoundException neverWas) {
            return 0;
        }
    }

    /** Kafka refuses this for a partition that a member of the group has. */
    public void set(Map<Integer, Long> offsets) throws InterruptedException {
        get(admin().alterConsumerGroupOffsets(
                        group,
                        offsets.entrySet().stream()
                                .collect(Collectors.toMap(
                                        offset -> new TopicPartition(topic, offset.getKey()),
                                        offset -> new OffsetAndMetadata(offset.getValue()))))
                .all());
    }

    private List<TopicPartition> topicPartitions() throws InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        get(admin().describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        partitions.sort(Comparator.comparing(TopicPartition::partition));
        return partitions;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException {
        return get(admin().listOffsets(
                                partitions.stream().collect(Collectors.toMap(partition -> partition, p -> which)))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> all = new HashMap<>(properties.all());
            all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
            admin = Admin.create(all);
        }
        return admin;
    }

    /** Has the next question asked by a new client, whatever is wrong with this one. */
    void renew() {
        close();
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
