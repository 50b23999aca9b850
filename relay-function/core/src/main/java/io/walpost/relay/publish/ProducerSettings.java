package io.walpost.relay.publish;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.IsolationLevel;
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

    private static final int LONGEST_WAIT_MILLIS = 20_000;
    private static final String SHORT_FETCH_MILLIS = "20";

    /**
     * What a user may change. Larger batches and lz4 because the relay mostly has many events at hand. Half a minute for
     * a transaction, because that is how long readers wait for the end of one whose relay was killed and is not started
     * again.
     */
    private static final Map<String, Object> DEFAULTS = Map.of(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "30000",
            ProducerConfig.CLIENT_ID_CONFIG, "walpost-relay",
            ProducerConfig.LINGER_MS_CONFIG, "1",
            ProducerConfig.BATCH_SIZE_CONFIG, "524288",
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

    /**
     * The same with transactions. A thread of their own waits for Kafka, but not for ever: whoever does not know the
     * outcome of a transaction starts anew and looks.
     */
    private static final Map<String, Object> FIXED_WITH_TRANSACTIONS =
            with(FIXED, ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(LONGEST_WAIT_MILLIS));

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
        return of(given, FIXED);
    }

    /**
     * The settings for a kind of delivery. With exactly-once, the transactional id is yet to be given.
     *
     * @throws IllegalArgumentException as {@link #of(Map)}, or if the broker would abort transactions too early
     */
    public static ProducerSettings of(Map<String, ?> given, Delivery delivery) {
        return switch (delivery) {
            case AT_LEAST_ONCE -> of(given);
            case EXACTLY_ONCE -> of(given, FIXED_WITH_TRANSACTIONS).requireTimeForATransaction();
        };
    }

    private ProducerSettings requireTimeForATransaction() {
        int timeout = new ProducerConfig(properties).getInt(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        if (timeout <= LONGEST_WAIT_MILLIS) {
            throw new IllegalArgumentException("kafka." + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG + "=" + timeout
                    + " is too short: the broker would abort transactions that the relay still waits for; it must be"
                    + " above " + LONGEST_WAIT_MILLIS);
        }
        return this;
    }

    /** These settings for the producer of one slot. */
    ProducerSettings withTransactionalId(String id) {
        return new ProducerSettings(with(properties, ProducerConfig.TRANSACTIONAL_ID_CONFIG, id), maxEventBytes);
    }

    /**
     * What another kind of client takes of these settings: how to reach the brokers, with which credentials, and how
     * patiently. A name that no client of Kafka knows is a plug-in's, and is kept; interceptors are a producer's.
     *
     * @param known the names that the other kind of client knows
     */
    public Map<String, Object> sharedWith(Set<String> known) {
        Map<String, Object> shared = new HashMap<>(properties);
        shared.keySet().removeIf(name -> ProducerConfig.configNames().contains(name) && !known.contains(name));
        shared.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return shared;
    }

    /** For an admin client. */
    Map<String, Object> adminProperties() {
        Map<String, Object> shared = sharedWith(AdminClientConfig.configNames());
        shared.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId() + "-admin");
        return shared;
    }

    /** A consumer of committed records that stands alone, with the same connection. */
    Map<String, Object> consumerProperties() {
        Map<String, Object> shared = sharedWith(ConsumerConfig.configNames());
        shared.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId() + "-progress");
        shared.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        shared.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        shared.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A fetch that waits at the end of the topic would hold up the next one, which begins further back.
        shared.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORT_FETCH_MILLIS);
        return shared;
    }

    private String clientId() {
        return text(properties, ProducerConfig.CLIENT_ID_CONFIG);
    }

    private static Map<String, Object> with(Map<String, Object> properties, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(properties);
        changed.put(name, value);
        return Map.copyOf(changed);
    }

    private static ProducerSettings of(Map<String, ?> given, Map<String, Object> fixed) {
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
        fixed.forEach((name, value) -> {
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

    /** The size up to which the producer fills a batch. */
    int batchBytes() {
        return Integer.parseInt(text(properties, ProducerConfig.BATCH_SIZE_CONFIG));
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
