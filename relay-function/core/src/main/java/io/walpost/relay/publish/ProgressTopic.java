package io.walpost.relay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic that holds the progress of every slot, each under its own key: the latest record counts, which is why it
 * must be compacted, and its older ones must not be removed by age. Owned by the worker's thread.
 */
final class ProgressTopic {

    /** Everything is in one partition, however many there are. */
    private static final int PARTITION = 0;

    /** Every transaction adds a record, and only segments that are full are compacted. */
    private static final Map<String, String> PROPERTIES = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            String.valueOf(16 << 20));

    private final ProducerSettings settings;
    private final String name;
    private final String key;

    /** @param key of this slot's record */
    ProgressTopic(ProducerSettings settings, String name, String key) {
        this.settings = settings;
        this.name = name;
        this.key = key;
    }

    String name() {
        return name;
    }

    String key() {
        return key;
    }

    ProducerRecord<byte[], byte[]> record(Progress progress) {
        return new ProducerRecord<>(name, PARTITION, key.getBytes(UTF_8), progress.encode());
    }

    /**
     * Makes the topic if it is missing.
     *
     * @throws RelayException if it is there, and records may be removed from it
     */
    void require() throws RelayException, InterruptedException {
        Admin admin = Admin.create(settings.adminProperties());
        try {
            String policy = cleanupPolicy(admin);
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new RelayException(
                        FailureKind.PRECONDITION,
                        "The topic " + name + " must keep the last record of each key, but its cleanup.policy is '"
                                + policy + "':\n    kafka-configs.sh --bootstrap-server … --alter --topic "
                                + name + " --add-config cleanup.policy=compact\n  ");
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw KafkaFailure.of("The topic " + name + " could not be examined or created", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private String cleanupPolicy(Admin admin) throws InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Supplier<KafkaFuture<Config>> question =
                () -> admin.describeConfigs(List.of(topic)).values().get(topic);
        Config config;
        try {
            config = KafkaCalls.get(question.get());
        } catch (UnknownTopicOrPartitionException missing) {
            create(admin);
            config = KafkaCalls.known(question);
        }
        return config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    }

    private void create(Admin admin) throws InterruptedException {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty()).configs(PROPERTIES);
        try {
            KafkaCalls.get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // Another relay was faster, or the broker that was asked had not heard of it.
        }
    }

    /** The last progress of the slot that is committed. Only while no other producer of the slot can commit. */
    Optional<Progress> read() throws RelayException, InterruptedException {
        TopicPartition partition = new TopicPartition(name, PARTITION);
        Admin admin = Admin.create(settings.adminProperties());
        try (ProgressReader reader = new ProgressReader(settings, partition)) {
            long end = offset(admin, partition, OffsetSpec.latest());
            long beginning = offset(admin, partition, OffsetSpec.earliest());
            return reader.last(key.getBytes(UTF_8), beginning, end);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw KafkaFailure.of("The progress in " + name + " could not be read", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec spec) throws InterruptedException {
        ListOffsetsOptions all = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
        return KafkaCalls.get(admin.listOffsets(Map.of(partition, spec), all).partitionResult(partition))
                .offset();
    }
}
