package io.walpost.relay.publish.parked;

import io.walpost.relay.publish.ProducerSettings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Other clients than the producer, with its address and credentials. */
final class ClientProperties {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int LARGEST_FETCH = 8 << 20;

    /** Behind a fetch that waits for records, every other question of the same client waits too. */
    private static final int SHORT_WAIT_MILLIS = 20;

    private final ProducerSettings producer;

    ClientProperties(ProducerSettings settings) {
        this.producer = settings;
    }

    Admin admin() {
        return Admin.create(only(AdminClientConfig.configNames()));
    }

    /** A consumer that is asked for offsets as well as for records. */
    KafkaConsumer<byte[], byte[]> askingConsumer() {
        return consumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORT_WAIT_MILLIS));
    }

    /** A consumer that waits for records. */
    KafkaConsumer<byte[], byte[]> waitingConsumer() {
        return consumer(Map.of());
    }

    /** Without a group; it sees what is committed and makes no topic. */
    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> different) {
        Map<String, Object> properties = only(ConsumerConfig.configNames());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LARGEST_FETCH);
        properties.putAll(different);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> only(Set<String> names) {
        Map<String, Object> known = producer.sharedWith(names);
        // One of a name at a time can be in JMX.
        known.compute(ConsumerConfig.CLIENT_ID_CONFIG, (name, id) -> id + "-parked-" + COUNT.incrementAndGet());
        return known;
    }
}
