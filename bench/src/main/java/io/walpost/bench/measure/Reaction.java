package io.walpost.bench.measure;

import io.walpost.bench.contender.ConsumerFunction;
import io.walpost.bench.contender.LogReader;
import io.walpost.bench.contender.RunningContender;
import io.walpost.bench.orders.Ledger;
import io.walpost.bench.orders.OrderEvent;
import io.walpost.bench.orders.OrderFlow;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import io.walpost.bench.site.Topics;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * How long after the commit of its transaction an event has its effect: on the whole path, through the relay and Kafka. When
 * it was committed is what the database says, when it had its effect is what the sink says, both by the clock of this
 * machine.
 */
public final class Reaction {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Stage stage;
    private final Load load;
    private final LogReader relay;

    /** @param load one row a transaction */
    Reaction(Stage stage, Load load, LogReader relay) {
        this.stage = stage;
        this.load = load;
        this.relay = relay;
    }

    /** Has a function apply the load while it is written, and checks what becomes of every event. */
    public Map<Metric, Double> of(ConsumerFunction function) throws InterruptedException {
        OutboxDatabase database = stage.site().database();
        Topics topics = stage.site().topics();
        String aggregateType = stage.freshName("order");
        String topic = EventTopics.of(aggregateType);
        topics.create(topic);
        database.createSlot(aggregateType);
        List<OrderEvent> events =
                Stream.generate(new OrderFlow(0)).limit(1L + load.events()).toList();
        Ledger ledger = new Ledger(function.rules());
        events.forEach(ledger::delivered);
        Map<TopicPartition, Long> before = topics.ends(topic);
        try (RunningContender relaying = stage.start(relay, aggregateType, events.size());
                FunctionRun run = new FunctionRun(stage, function, aggregateType)) {
            write(aggregateType, events.subList(0, 1), new Load(1, 1, Duration.ZERO, Duration.ofSeconds(1)));
            awaitFirst(run, ledger, relaying);
            write(aggregateType, events.subList(1, events.size()), load);
            awaitRelayed(relaying, topic, before, events.size());
            run.awaitAcknowledged(topics.ends(topic), LIMIT);
            run.requireExactly(ledger);
            return percentiles(run.appliedAt(ledger), database.committedAt(), events);
        } finally {
            database.dropSlot(aggregateType);
            database.clear();
            topics.delete(topic);
        }
    }

    private void write(String aggregateType, List<OrderEvent> events, Load some) {
        try (Writers writers = new Writers(stage.site().database(), new OrderRows(aggregateType, events), some)) {
            writers.start().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchException known ? known : e;
        }
    }

    /** One event through everything, so that what is measured is not the start. */
    private static void awaitFirst(FunctionRun run, Ledger ledger, RunningContender relaying)
            throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!run.isUp() || run.appliedAt(ledger).isEmpty()) {
            relaying.requireRunning();
            run.process().requireRunning();
            if (System.nanoTime() > deadline) {
                throw new BenchException("The first event has no effect after " + START_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(LOOK);
        }
    }

    private void awaitRelayed(RunningContender relaying, String topic, Map<TopicPartition, Long> before, int events)
            throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (Topics.between(before, stage.site().topics().ends(topic)) < events) {
            relaying.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new BenchException("Not all events are in the topic after " + LIMIT.toMinutes() + " minutes");
            }
            Thread.sleep(LOOK);
        }
    }

    private Map<Metric, Double> percentiles(
            Map<Integer, Long> appliedAt, Map<Integer, Long> committedAt, List<OrderEvent> events) {
        int from = 1 + load.warmUpEvents();
        long[] latencies = appliedAt.keySet().stream()
                .filter(number -> number >= from)
                .mapToLong(number -> (appliedAt.get(number) - committedAt.get(number)) * NANOS_PER_MICRO)
                .toArray();
        if (latencies.length == 0) {
            throw new BenchException("Of no effect it is known when it took place");
        }
        long took = committedAt.get(events.size() - 1) - committedAt.get(from);
        Map<Metric, Double> values = Percentiles.of(latencies);
        values.put(Metric.WRITTEN, (events.size() - from) * MICROS_PER_SECOND / took);
        return values;
    }
}
