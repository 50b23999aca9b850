package io.walpost.relay.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what is committed of a topic on a thread of its own, from its beginning to its close. */
final class Arrivals implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** When an event, by its number, arrived first. */
    private final Map<Integer, Long> nanos = new ConcurrentHashMap<>();

    private final AtomicInteger duplicates = new AtomicInteger();

    /** Of each key, the number that arrived last for the first time; the reading thread only. */
    private final Map<String, Integer> newest = new HashMap<>();

    private volatile String disorder = "";
    private volatile boolean closed;
    private final Thread thread;

    Arrivals(Outbox outbox) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        Servers.kafka().bootstrapServers(),
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, Outbox.PARTITIONS)
                .mapToObj(number -> new TopicPartition(outbox.topic, number))
                .toList();
        consumer.assign(partitions);
        this.thread = Thread.ofPlatform().name("arrivals").daemon().start(() -> {
            try (consumer) {
                while (!closed) {
                    consumer.poll(POLL).forEach(this::arrived);
                }
            }
        });
    }

    private void arrived(ConsumerRecord<String, byte[]> record) {
        int number = Integer.parseInt(new String(record.value(), UTF_8));
        if (nanos.putIfAbsent(number, System.nanoTime()) != null) {
            duplicates.incrementAndGet();
            return;
        }
        Integer before = newest.put(record.key(), number);
        if (before != null && before > number) {
            disorder += " " + number + " after " + before;
        }
    }

    int count() {
        return nanos.size();
    }

    int duplicates() {
        return duplicates.get();
    }

    /** When the event arrived, by {@link System#nanoTime}. */
    long nanos(int number) {
        return nanos.get(number);
    }

    /** Each of the first events is there, and those of a key came in their order. */
    void assertComplete(int events) {
        assertComplete(IntStream.range(0, events));
    }

    /** The same of the events of these numbers. */
    void assertComplete(IntStream numbers) {
        assertThat(numbers.filter(number -> !nanos.containsKey(number)))
                .as("missing")
                .isEmpty();
        assertThat(disorder).isEmpty();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
