package io.walpost.billing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Does what Knative's KafkaSource with {@code ordering: ordered} does, with retries without end: sends one event of a
 * partition at a time, again after any answer but 2xx, and commits its offset after that.
 */
final class KafkaSource implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    /** If the answer does not say. */
    private static final long SOON_SECONDS = 1;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Void>> partitions = new ArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Map<String, Object> kafka;
    private final URI sink;
    private final ContentMode mode;
    private volatile boolean stopped;

    /** @param sink where events are posted */
    KafkaSource(String bootstrapServers, String topic, int partitions, String group, URI sink, ContentMode mode) {
        this.kafka = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        this.sink = sink.resolve("/");
        this.mode = mode;
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition own = new TopicPartition(topic, partition);
            this.partitions.add(threads.submit(() -> follow(own)));
        }
    }

    /** How many answers asked for an event again. */
    int refusals() {
        return refusals.get();
    }

    private Void follow(TopicPartition partition) throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (!deliver(record)) {
                        return null;
                    }
                    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
                }
            }
        }
        return null;
    }

    /** False if it was stopped before. */
    private boolean deliver(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        while (!stopped) {
            long pause = SOON_SECONDS;
            try {
                HttpResponse<Void> answer = http.send(mode.request(sink, record), BodyHandlers.discarding());
                if (answer.statusCode() / 100 == 2) {
                    return true;
                }
                refusals.incrementAndGet();
                pause = answer.headers().firstValueAsLong("Retry-After").orElse(SOON_SECONDS);
            } catch (IOException e) {
                // Nobody is there; somebody will be.
            }
            Thread.sleep(Duration.ofSeconds(pause));
        }
        return false;
    }

    /** @throws Exception what one of its threads ended with before its time */
    @Override
    public void close() throws Exception {
        stopped = true;
        for (Future<Void> partition : partitions) {
            partition.get();
        }
        threads.shutdown();
        http.close();
    }
}
