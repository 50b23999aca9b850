package io.walpost.relay.publish.parked;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedCodec;
import io.walpost.relay.poison.ParkedLog;
import io.walpost.relay.poison.ParkedRecord;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.ProducerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topic of parked keys on a thread of its own, which ends with {@link #close}. */
public final class KafkaParkedLog implements ParkedLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaParkedLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 500;
    private static final long UNTIL_IT_APPEARS = 30;

    private final ClientProperties clients;
    private final PoisonPolicy policy;
    private final TopicPartition partition;
    private final OptionalInt maxLetterBytes;
    private final Queue<ParkedCodec.Entry> later = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Whether there is such a topic, and where to go on reading it. Used by the reading thread only. */
    private boolean exists;

    private long position;

    private volatile Snapshot snapshot;
    private volatile RelayException failure;
    /** To be woken by {@link #close}; guarded by this. */
    private KafkaConsumer<byte[], byte[]> reading;

    private KafkaParkedLog(ClientProperties clients, PoisonPolicy policy, OptionalInt maxLetterBytes) {
        this.clients = clients;
        this.policy = policy;
        this.partition = new TopicPartition(policy.parkedTopic(), 0);
        this.maxLetterBytes = maxLetterBytes;
    }

    /** Logs on the cluster that the producer has, which make the topics that are missing. */
    public static Source source(ProducerSettings settings, PoisonPolicy policy) {
        ClientProperties clients = new ClientProperties(settings);
        return () -> start(new KafkaParkedLog(clients, policy, OptionalInt.of(settings.maxLetterBytes())));
    }

    /** For somebody who only looks. */
    static ParkedLog open(ClientProperties clients, PoisonPolicy policy) {
        return start(new KafkaParkedLog(clients, policy, OptionalInt.empty()));
    }

    private static ParkedLog start(KafkaParkedLog log) {
        Thread.ofPlatform().name("walpost-parked").daemon().start(log::run);
        return log;
    }

    @Override
    public Optional<Snapshot> snapshot() throws RelayException {
        RelayException refused = failure;
        if (refused != null) {
            throw refused;
        }
        return Optional.ofNullable(snapshot);
    }

    @Override
    public ParkedCodec.Entry poll() {
        return later.poll();
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            if (reading != null) {
                reading.wakeup();
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        try {
            while (!isClosed()) {
                try {
                    if (snapshot == null) {
                        load();
                    }
                    if (exists || appears()) {
                        follow();
                    } else {
                        closed.await(UNTIL_IT_APPEARS, TimeUnit.SECONDS);
                    }
                } catch (KafkaException e) {
                    if (snapshot == null
                            && (e instanceof AuthorizationException || e instanceof AuthenticationException)) {
                        deny(e);
                        return;
                    }
                    // Later on it only keeps keys from being released, which can wait until it may be read again.
                    if (!isClosed()) {
                        LOG.warn("Cannot read the topic {} yet: {}", partition.topic(), e.getMessage());
                        closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            failure = new RelayException(FailureKind.INTERNAL, "Reading parked keys failed: " + defect, defect);
        }
    }

    private void deny(KafkaException denied) {
        failure = new RelayException(
                FailureKind.KAFKA_REFUSED,
                "Without knowing which keys are parked nothing can be published: " + denied.getMessage(),
                denied,
                "Grant the relay DESCRIBE on the topics " + policy.parkedTopic() + " and " + policy.deadLetterTopic()
                        + ", and READ on the first.");
    }

    /** Reads what is there, and waits for the end of transactions that are open. */
    private void load() throws InterruptedException {
        Map<TopicPartition, Long> ends = ends();
        exists = ends.containsKey(partition);
        long end = ends.getOrDefault(partition, 0L);
        List<ParkedRecord> records = new ArrayList<>();
        // What an attempt before this one has read went with it.
        position = 0;
        if (end > 0) {
            consume(() -> position < end, entry -> records.add(entry.record()));
        }
        Map<Integer, Long> deadLetterEnds = new HashMap<>();
        ends.forEach((each, offset) -> {
            if (each.topic().equals(policy.deadLetterTopic())) {
                deadLetterEnds.put(each.partition(), offset);
            }
        });
        snapshot = new Snapshot(List.copyOf(records), Map.copyOf(deadLetterEnds));
    }

    private boolean appears() throws InterruptedException {
        exists = ends().containsKey(partition);
        return exists;
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException {
        try (Admin admin = clients.admin()) {
            return new OwnTopics(admin, policy, maxLetterBytes).ends();
        }
    }

    private void follow() {
        consume(() -> !isClosed(), later::add);
    }

    private void consume(BooleanSupplier goesOn, Consumer<ParkedCodec.Entry> sink) {
        try (KafkaConsumer<byte[], byte[]> consumer = clients.waitingConsumer()) {
            wakeOnClose(consumer);
            consumer.assign(List.of(partition));
            consumer.seek(partition, position);
            while (goesOn.getAsBoolean()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    decode(record).ifPresent(sink);
                }
                position = consumer.position(partition);
            }
        } finally {
            wakeOnClose(null);
        }
    }

    private synchronized void wakeOnClose(KafkaConsumer<byte[], byte[]> consumer) {
        reading = consumer;
        if (consumer != null && isClosed()) {
            consumer.wakeup();
        }
    }

    private static Optional<ParkedCodec.Entry> decode(ConsumerRecord<byte[], byte[]> record) {
        Optional<ParkedCodec.Entry> entry = record.key() == null
                ? Optional.empty()
                : ParkedCodec.read(record.key(), record.value(), name -> {
                    var header = record.headers().lastHeader(name);
                    return header == null ? null : header.value();
                });
        if (entry.isEmpty()) {
            LOG.warn(
                    "Record {} of the topic {} is none of Walpost's, and is passed over",
                    record.offset(),
                    record.topic());
        }
        return entry;
    }
}
