package io.walpost.relay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.relay.failure.RelayException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A topic of which only the last value of each key counts: a place for small state that must outlive the process. It is
 * read from its beginning. Every call waits for Kafka. Owned by one thread.
 */
public final class CompactedTopic implements AutoCloseable {

    private final String name;
    private final ProducerSettings settings;
    private KafkaProducer<byte[], byte[]> producer;

    public CompactedTopic(String name, ProducerSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    /** The last value of a key; empty if it has none, or there is no such topic. */
    public Optional<String> get(String key) throws RelayException {
        return KafkaCalls.call(() -> {
            try (Admin admin = Admin.create(ClientSettings.admin(settings))) {
                return exists(admin) ? read(admin, key.getBytes(UTF_8)) : Optional.empty();
            }
        });
    }

    private boolean exists(Admin admin) throws RelayException {
        return KafkaCalls.await(admin.listTopics().names()).contains(name);
    }

    private Optional<String> read(Admin admin, byte[] key) throws RelayException {
        AtomicReference<byte[]> value = new AtomicReference<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(ClientSettings.consumer(settings))) {
            List<TopicPartition> partitions = consumer.partitionsFor(name, KafkaCalls.PATIENCE).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            new TopicScan(consumer, admin).read(consumer.beginningOffsets(partitions, KafkaCalls.PATIENCE), record -> {
                if (Arrays.equals(key, record.key())) {
                    value.set(record.value());
                }
            });
        }
        return Optional.ofNullable(value.get()).map(text -> new String(text, UTF_8));
    }

    /** Puts a value; on return it is durable. Creates the topic, with one partition, if it does not exist. */
    public void put(String key, String value) throws RelayException {
        KafkaCalls.call(() -> {
            if (producer == null) {
                producer = producer();
            }
            return KafkaCalls.await(
                    producer.send(new ProducerRecord<>(name, key.getBytes(UTF_8), value.getBytes(UTF_8))));
        });
    }

    private KafkaProducer<byte[], byte[]> producer() throws RelayException {
        try (Admin admin = Admin.create(ClientSettings.admin(settings))) {
            if (!exists(admin)) {
                NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty())
                        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
                create(admin, topic);
            }
        }
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(KafkaCalls.PATIENCE.toMillis()));
        return new KafkaProducer<>(properties);
    }

    private static void create(Admin admin, NewTopic topic) throws RelayException {
        try {
            KafkaCalls.await(admin.createTopics(List.of(topic)).all());
        } catch (RelayException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(KafkaCalls.PATIENCE);
        }
    }
}
