package io.walpost.relay.publish;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The properties of clients that reach the same brokers as the producer, in the same way. */
final class ClientSettings {

    private ClientSettings() {}

    static Map<String, Object> admin(ProducerSettings settings) {
        Map<String, Object> properties = settings.sharedWith(AdminClientConfig.configNames());
        // By default twice as long, for which closing it would wait after a call that nobody waits for any more.
        Object request = properties.getOrDefault(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 0);
        properties.putIfAbsent(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.max(Integer.parseInt(request.toString()), Math.toIntExact(KafkaCalls.PATIENCE.toMillis())));
        return properties;
    }

    /** A consumer that belongs to no group and sees only what is committed. */
    static Map<String, Object> consumer(ProducerSettings settings) {
        Map<String, Object> properties = settings.sharedWith(ConsumerConfig.configNames());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return properties;
    }
}
