package io.walpost.relay.publish.parked;

import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.KafkaCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of dead letters and of parked keys: makes what is missing, and says how far they reach. */
final class OwnTopics {

    private static final Logger LOG = LoggerFactory.getLogger(OwnTopics.class);

    private final Admin admin;
    private final PoisonPolicy policy;
    private final OptionalInt maxLetterBytes;

    /** @param maxLetterBytes with which the topic of dead letters is made; if empty, none is */
    OwnTopics(Admin admin, PoisonPolicy policy, OptionalInt maxLetterBytes) {
        this.admin = admin;
        this.policy = policy;
        this.maxLetterBytes = maxLetterBytes;
    }

    /** The end offset of each partition of both topics. One that is missing and is not made is left out. */
    Map<TopicPartition, Long> ends() throws InterruptedException {
        List<String> topics = List.of(policy.parkedTopic(), policy.deadLetterTopic());
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(topics).topicNameValues();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            described(topic, descriptions.get(topic)).ifPresent(description -> description.partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .forEach(partitions::add));
        }
        return offsets(partitions, OffsetSpec.latest());
    }

    /** Offsets whether committed or not: what is in a transaction now may be committed at any time. */
    Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) throws InterruptedException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, ListOffsetsResultInfo> offsets = KafkaCalls.get(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)))
                .all());
        Map<TopicPartition, Long> result = new HashMap<>();
        offsets.forEach((partition, info) -> result.put(partition, info.offset()));
        return result;
    }

    /** Empty if it is missing and is not made. */
    private Optional<TopicDescription> described(String topic, KafkaFuture<TopicDescription> description)
            throws InterruptedException {
        try {
            return Optional.of(KafkaCalls.get(description));
        } catch (UnknownTopicOrPartitionException missing) {
            return maxLetterBytes.isPresent() && create(topic)
                    ? Optional.of(KafkaCalls.known(() -> admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .get(topic)))
                    : Optional.empty();
        }
    }

    /**
     * False if it is still missing. With the cluster's replication. Letters are kept for ever: one that is deleted is a lost
     * event.
     */
    private boolean create(String topic) throws InterruptedException {
        NewTopic wanted = topic.equals(policy.parkedTopic())
                ? new NewTopic(topic, Optional.of(1), Optional.empty())
                        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))
                : new NewTopic(topic, Optional.empty(), Optional.empty())
                        .configs(Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                "-1",
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(maxLetterBytes.getAsInt())));
        try {
            KafkaCalls.get(admin.createTopics(List.of(wanted)).all());
            LOG.info("Created the topic {}", topic);
            return true;
        } catch (TopicExistsException sinceThen) {
            LOG.debug("The topic {} was there, or has been created by somebody else", topic);
            return true;
        } catch (KafkaException e) {
            LOG.warn(
                    "The topic {} is missing and cannot be created: {}. Create it with {}; until then, an event that"
                            + " cannot be published is waited at.",
                    topic,
                    e.getMessage(),
                    wanted.configs());
            return false;
        }
    }
}
