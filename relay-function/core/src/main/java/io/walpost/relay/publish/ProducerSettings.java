package io.walpost.relay.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer's properties: the user's, our defaults where the user is silent, and what the guarantees fix. */
public record ProducerSettings(Map<String, Object> properties) {

    /** What a user may change. Larger batches and lz4 because the relay mostly has many events at hand. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            ProducerConfig.CLIENT_ID_CONFIG, "walpost-relay",
            ProducerConfig.LINGER_MS_CONFIG, "1",
            ProducerConfig.BATCH_SIZE_CONFIG, "131072",
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "16777216",
            ProducerConfig.BUFFER_MEMORY_CONFIG, "67108864");

    /**
     * What the guarantees rest on. Waiting for ever instead of giving up after two minutes keeps the order: a producer
     * that gives up on one batch goes on with the next. Blocking for no time keeps the stream's thread free.
     */
    private static final Map<String, Object> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(Integer.MAX_VALUE),
            ProducerConfig.RETRIES_CONFIG, String.valueOf(Integer.MAX_VALUE),
            ProducerConfig.MAX_BLOCK_MS_CONFIG, "0",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());

    /** Other spellings of a fixed value. */
    private static final Map<String, Set<String>> TOLERATED = Map.of(ProducerConfig.ACKS_CONFIG, Set.of("-1"));

    private static final List<String> REQUIRED = List.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);

    /**
     * @param given the user's properties, without the prefix {@code kafka.}
     * @throws IllegalArgumentException if a required property is missing, or a given one would break a guarantee
     */
    public static ProducerSettings of(Map<String, ?> given) {
        for (String name : REQUIRED) {
            if (given.get(name) == null || given.get(name).toString().isBlank()) {
                throw new IllegalArgumentException(
                        "kafka." + name + " is missing: name at least one broker, host:port");
            }
        }
        Map<String, Object> merged = new HashMap<>(DEFAULTS);
        merged.putAll(given);
        FIXED.forEach((name, value) -> {
            Object wanted = given.get(name);
            if (wanted != null && !agrees(name, wanted, value)) {
                throw new IllegalArgumentException("kafka." + name + "=" + wanted
                        + " would break the relay's guarantees; leave it out (the relay uses " + value + ")");
            }
            merged.put(name, value);
        });
        return new ProducerSettings(Map.copyOf(merged));
    }

    private static boolean agrees(String name, Object wanted, Object fixed) {
        String text = wanted.toString().toLowerCase(Locale.ROOT);
        return text.equalsIgnoreCase(fixed.toString())
                || TOLERATED.getOrDefault(name, Set.of()).contains(text);
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return properties.keySet().stream().sorted().collect(Collectors.joining(", ", "ProducerSettings[", "]"));
    }
}
