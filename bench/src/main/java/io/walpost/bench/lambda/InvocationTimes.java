package io.walpost.bench.lambda;

import io.walpost.bench.site.Backlog;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import io.walpost.bench.site.Site;
import io.walpost.bench.site.TopicReader;
import io.walpost.localstack.lambda.LambdaFunction;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** How long drains take, cold and warm, with one event and with nothing to do. */
final class InvocationTimes {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAYLOAD_BYTES = 512;

    private final Site site;
    private final RelayFunctions functions;

    InvocationTimes(Site site, RelayFunctions functions) {
        this.site = site;
        this.functions = functions;
    }

    /**
     * Medians in milliseconds, over the rounds, and in them over all invocations of a kind.
     *
     * @param firstEvent from the start of the process to the first event that the broker appended
     * @param cold from the start of the process to the answer
     * @param warm an invocation with one event
     * @param idle an invocation without any
     */
    record Times(long firstEvent, long cold, long warm, long idle) {}

    Times measure(int rounds, int invocations) throws InterruptedException {
        List<Long> firstEvent = new ArrayList<>();
        List<Long> cold = new ArrayList<>();
        List<Long> warm = new ArrayList<>();
        List<Long> idle = new ArrayList<>();
        OutboxDatabase database = site.database();
        for (int round = 1; round <= rounds; round++) {
            String slot = "invocation_" + round;
            String topic = EventTopics.of(slot);
            site.topics().create(topic);
            database.createSlot(slot);
            database.fill(slot, Backlog.ofRows(1, 1, PAYLOAD_BYTES));
            try (LambdaFunction function = functions.make(slot, TIMEOUT, Map.of());
                    TopicReader reader = site.topics().reader(site.topics().ends(topic))) {
                Instant started = Instant.now();
                cold.add(millis(function));
                firstEvent.add(appended(reader) - started.toEpochMilli());
                IntStream.range(0, invocations).forEach(i -> idle.add(millis(function)));
                for (int i = 0; i < invocations; i++) {
                    database.fill(slot, Backlog.ofRows(1, 1, PAYLOAD_BYTES));
                    warm.add(millis(function));
                }
            }
            database.dropSlot(slot);
            site.topics().delete(topic);
        }
        return new Times(median(firstEvent), median(cold), median(warm), median(idle));
    }

    private static long millis(LambdaFunction function) {
        long start = System.nanoTime();
        RelayFunctions.invoke(function);
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static long appended(TopicReader reader) throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = reader.poll(PATIENCE);
        if (records.isEmpty()) {
            throw new BenchException("The event has not arrived; this must not happen");
        }
        return records.iterator().next().timestamp();
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
