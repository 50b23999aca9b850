package io.walpost.bench.measure;

import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import io.walpost.bench.site.Payload;
import io.walpost.bench.site.TopicReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What consumers see of relays that relieve each other while events are written. */
public final class Handover {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long ABOUT = TimeUnit.SECONDS.toNanos(2);

    private final Load load;

    public Handover(Load load) {
        this.load = load;
    }

    /**
     * From the return of COMMIT to the consumer, in milliseconds, for the events that were committed at most two seconds
     * before or after a handover.
     */
    public record Gap(int events, double p50, double p99, double longest, int duplicates) {}

    /**
     * Writes, and reads until every event has arrived.
     *
     * @param handovers when they were, by {@link System#nanoTime}; known once all has arrived
     */
    public Gap measure(
            OutboxDatabase database, String aggregateType, TopicReader reader, CompletableFuture<List<Long>> handovers)
            throws InterruptedException {
        long[] receivedAt = new long[load.events()];
        try (Writers writers =
                new Writers(database, new NumberedRows(aggregateType, load.rowsPerTransaction()), load)) {
            CompletableFuture<Void> written = writers.start();
            int duplicates = receive(reader, receivedAt);
            written.join();
            List<Long> moments = handovers.join();
            double[] latencies = IntStream.range(0, receivedAt.length)
                    .filter(event ->
                            moments.stream().anyMatch(moment -> Math.abs(writers.committedAt(event) - moment) < ABOUT))
                    .mapToDouble(event -> (receivedAt[event] - writers.committedAt(event)) / 1e6)
                    .sorted()
                    .toArray();
            if (latencies.length == 0) {
                throw new BenchException("No event was committed about a handover");
            }
            return new Gap(
                    latencies.length,
                    latencies[latencies.length / 2],
                    latencies[Math.ceilDiv(latencies.length * 99, 100) - 1],
                    Arrays.stream(latencies).max().orElseThrow(),
                    duplicates);
        }
    }

    private static int receive(TopicReader reader, long[] receivedAt) throws InterruptedException {
        int duplicates = 0;
        long lastArrival = System.nanoTime();
        for (int count = 0; count < receivedAt.length; ) {
            for (ConsumerRecord<byte[], byte[]> event : reader.poll(POLL)) {
                lastArrival = System.nanoTime();
                int number = Payload.number(event.value());
                if (receivedAt[number] == 0) {
                    receivedAt[number] = lastArrival;
                    count++;
                } else {
                    duplicates++;
                }
            }
            if (System.nanoTime() - lastArrival > PATIENCE.toNanos()) {
                throw new BenchException(
                        (receivedAt.length - count) + " events have not arrived; this must not happen");
            }
        }
        return duplicates;
    }
}
