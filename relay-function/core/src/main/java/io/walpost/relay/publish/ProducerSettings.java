package io.walpost.relay.publish;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer's properties: the user's, our defaults where the user is silent, and what the guarantees fix.
 *
 * @param properties in which {@code max.request.size} is the buffer's: a dead letter holds the whole of an event that is
 *     too large, so the limit is held before an event reaches the producer
 * @param maxEventBytes the largest event, as {@code max.request.size} was given
 */
public record ProducerSettings(Map<String, Object> properties, int maxEventBytes) {

    /** What a user may change. Larger batches and lz4 because the relay mostly has many events at hand. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            ProducerConfig.CLIENT_ID_CONFIG, "walpost-relay",
            ProducerConfig.LINGER_MS_CONFIG, "1",
            ProducerConfig.BATCH_SIZE_CONFIG, "131072",
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "16777216",
            ProducerConfig.BUFFER_MEMORY_CONFIG, "67108864");

    /**
     * What the guarantees rest on.
     *
     * <p>One request in flight: with more, a second batch may be accepted while the first one is sent again, and a broker
     * that does not know the producer yet takes a batch of any sequence number. Then the order is broken, and the first
     * batch is refused for ever. The relay has a window of thousands of events, so batches fill while one is on its way.
     *
     * <p>Waiting for ever instead of giving up after two minutes: a producer that gives up on one batch goes on with the
     * next. Blocking for no time: the thread that owns the stream must not wait for Kafka.
     */
    private static final Map<String, Object> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            "true",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            String.valueOf(Integer.MAX_VALUE),
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            "1",
            ProducerConfig.RETRIES_CONFIG,
            String.valueOf(Integer.MAX_VALUE),
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            "0",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class.getName(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class.getName());

    /** A little below a broker's {@code socket.request.max.bytes}, 100 MiB unless it is configured otherwise. */
    private static final long BROKERS_LARGEST_REQUEST = 99L << 20;

    /** Other spellings of a fixed value. */
    private static final Map<String, Set<String>> TOLERATED = Map.of(ProducerConfig.ACKS_CONFIG, Set.of("-1"));

    /** Values of other properties that cannot be: the first two scatter the events of one aggregate. */
    private static final Map<String, Predicate<String>> HARMFUL = Map.of(
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "true"::equalsIgnoreCase,
            ProducerConfig.PARTITIONER_CLASS_CONFIG, RoundRobinPartitioner.class.getName()::equals,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, value -> true);

    /**
     * @param given the user's properties, without the prefix {@code kafka.}
     * @throws IllegalArgumentException if a required property is missing, or a given one would break a guarantee
     */
    public static ProducerSettings of(Map<String, ?> given) {
        if (text(given, ProducerConfig.BOOTSTRAP_SERVERS_CONFIG).isBlank()) {
            throw new IllegalArgumentException("kafka." + ProducerConfig.BOOTSTRAP_SERVERS_CONFIG
                    + " is missing: name at least one broker, host:port");
        }
        HARMFUL.forEach((name, harmful) -> {
            if (given.containsKey(name) && harmful.test(text(given, name))) {
                throw breaksGuarantees(name, given.get(name), "nothing of the kind");
            }
        });
        Map<String, Object> merged = new HashMap<>(DEFAULTS);
        merged.putAll(given);
        FIXED.forEach((name, value) -> {
            Object wanted = given.get(name);
            if (wanted != null && !agrees(name, wanted, value)) {
                throw breaksGuarantees(name, wanted, value);
            }
            merged.put(name, value);
        });
        ProducerConfig parsed = parse(merged);
        requireRoomForABatch(parsed);
        merged.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largestRequest(parsed));
        return new ProducerSettings(Map.copyOf(merged), parsed.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
    }

    /** What the producer can send at all. */
    public int maxLetterBytes() {
        return (Integer) properties.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    }

    private static int largestRequest(ProducerConfig parsed) {
        return (int) Math.min(BROKERS_LARGEST_REQUEST, parsed.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG));
    }

    private static ProducerConfig parse(Map<String, Object> properties) {
        try {
            return new ProducerConfig(properties);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("kafka.*: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException breaksGuarantees(String name, Object wanted, Object used) {
        return new IllegalArgumentException("kafka." + name + "=" + wanted
                + " would break the relay's guarantees; leave it out (the relay uses " + used + ")");
    }

    private static void requireRoomForABatch(ProducerConfig parsed) {
        if (parsed.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG) < parsed.getInt(ProducerConfig.BATCH_SIZE_CONFIG)) {
            throw new IllegalArgumentException("kafka.buffer.memory must not be below kafka.batch.size");
        }
    }

    private static String text(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        return value == null ? "" : value.toString();
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
