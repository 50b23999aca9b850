package io.walpost.bench.measure;

import io.walpost.bench.contender.LogReader;
import io.walpost.bench.contender.RunningContender;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import io.walpost.bench.site.Payload;
import io.walpost.bench.site.TopicReader;
import io.walpost.bench.site.Topics;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * How long after its COMMIT has returned an event is in the hands of a consumer, by one clock: writers and consumer are
 * threads of this process.
 */
public final class Latency {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stage stage;
    private final Load load;

    Latency(Stage stage, Load load) {
        this.stage = stage;
        this.load = load;
    }

    /** Has a contender relay the load while it is written, and checks that every event arrived. */
    public Map<Metric, Double> of(LogReader contender) throws InterruptedException {
        OutboxDatabase database = stage.site().database();
        Topics topics = stage.site().topics();
        String own = stage.freshName(contender.id());
        String topic = EventTopics.of(own);
        topics.create(topic);
        database.createSlot(own);
        try (TopicReader reader = topics.reader(topics.ends(topic));
                RunningContender running = stage.start(contender, own, load.events())) {
            awaitStreaming(own, running, reader);
            return measure(own, running, reader);
        } finally {
            database.dropSlot(own);
            database.clear();
            topics.delete(topic);
        }
    }

    /** One event through everything, so that what is measured is not the start. */
    private void awaitStreaming(String aggregateType, RunningContender running, TopicReader reader)
            throws InterruptedException {
        Load probe = new Load(1, 1, Duration.ZERO, Duration.ofSeconds(1));
        try (Writers writer = new Writers(stage.site().database(), rows(aggregateType, probe), probe)) {
            writer.start().join();
        }
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (reader.poll(Duration.ofMillis(100)).isEmpty()) {
            running.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new BenchException("The first event has not arrived after " + START_LIMIT.toSeconds()
                        + " s; logs: " + stage.site().folder());
            }
        }
    }

    private static NumberedRows rows(String aggregateType, Load load) {
        return new NumberedRows(aggregateType, load.rowsPerTransaction());
    }

    private Map<Metric, Double> measure(String aggregateType, RunningContender running, TopicReader reader)
            throws InterruptedException {
        long[] receivedAt = new long[load.events()];
        int duplicates;
        try (Writers writers = new Writers(stage.site().database(), rows(aggregateType, load), load)) {
            CompletableFuture<Void> written = writers.start();
            duplicates = receive(running, reader, receivedAt, written);
            written.join();
            return percentiles(writers, receivedAt, duplicates);
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchException known ? known : e;
        }
    }

    private int receive(
            RunningContender running, TopicReader reader, long[] receivedAt, CompletableFuture<Void> written)
            throws InterruptedException {
        int duplicates = 0;
        long lastArrival = System.nanoTime();
        for (int count = 0; count < receivedAt.length; ) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(Duration.ofMillis(500));
            long now = System.nanoTime();
            if (records.isEmpty()) {
                running.requireRunning();
                if (written.isCompletedExceptionally() || now - lastArrival > PATIENCE.toNanos()) {
                    written.getNow(null);
                    throw new BenchException(
                            (receivedAt.length - count) + " of " + receivedAt.length + " events have not arrived");
                }
                continue;
            }
            lastArrival = now;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                int number = Payload.number(record.value());
                if (receivedAt[number] == 0) {
                    receivedAt[number] = now;
                    count++;
                } else {
                    duplicates++;
                }
            }
        }
        return duplicates;
    }

    private Map<Metric, Double> percentiles(Writers writers, long[] receivedAt, int duplicates) {
        int from = load.warmUpEvents();
        long[] latencies = new long[receivedAt.length - from];
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = receivedAt[from + i] - writers.committedAt(from + i);
        }
        long took = writers.committedAt(receivedAt.length - 1) - writers.committedAt(from);
        Map<Metric, Double> values = Percentiles.of(latencies);
        values.put(Metric.WRITTEN, (double) latencies.length * TimeUnit.SECONDS.toNanos(1) / took);
        values.put(Metric.DUPLICATES, (double) duplicates);
        return values;
    }
}
