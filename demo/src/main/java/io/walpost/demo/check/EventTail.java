package io.walpost.demo.check;

import io.walpost.demo.stage.DemoException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the orders' topic from its beginning, as any consumer would, and enters what arrives into a ledger. */
public final class EventTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ArrivalReader reader = new ArrivalReader();
    private final EventLedger ledger;
    private final Predicate<ConsumerRecord<byte[], byte[]>> foreign;
    private final Consumer<Arrival> listener;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile RuntimeException failure;

    /** @param listener hears of each new event, on the tail's thread */
    public EventTail(String bootstrapServers, String topic, EventLedger ledger, Consumer<Arrival> listener) {
        this(bootstrapServers, topic, ledger, record -> false, listener);
    }

    /** @param foreign records that are not the order service's, and of which nothing is expected */
    public EventTail(
            String bootstrapServers,
            String topic,
            EventLedger ledger,
            Predicate<ConsumerRecord<byte[], byte[]>> foreign,
            Consumer<Arrival> listener) {
        this.ledger = ledger;
        this.foreign = foreign;
        this.listener = listener;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "200"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        this.thread = Thread.ofPlatform().daemon().name("event-tail").start(this::read);
    }

    private void read() {
        try (consumer) {
            while (!closing) {
                var records = consumer.poll(POLL);
                Instant now = Instant.now();
                records.forEach(record -> {
                    if (!foreign.test(record)) {
                        enter(record, now);
                    }
                    synchronized (positions) {
                        positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                    }
                });
            }
        } catch (WakeupException e) {
            // This is what close() asks for.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void enter(ConsumerRecord<byte[], byte[]> record, Instant now) {
        try {
            Arrival arrival = reader.read(record, now);
            if (ledger.add(arrival)) {
                listener.accept(arrival);
            }
        } catch (IllegalArgumentException e) {
            ledger.addForeign(e.getMessage());
        }
    }

    /**
     * Whether everything before those offsets has been read.
     *
     * @throws DemoException if the tail cannot read any more
     */
    boolean hasRead(Map<TopicPartition, Long> ends) {
        if (failure != null) {
            throw new DemoException("The demo's own consumer failed: " + failure, failure);
        }
        synchronized (positions) {
            return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
