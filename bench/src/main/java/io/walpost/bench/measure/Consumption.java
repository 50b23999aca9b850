package io.walpost.bench.measure;

import io.walpost.bench.contender.ConsumerFunction;
import io.walpost.bench.contender.Usage;
import io.walpost.bench.orders.Deliveries;
import io.walpost.bench.orders.Fate;
import io.walpost.bench.orders.Ledger;
import io.walpost.bench.orders.OrderRecords;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.Topics;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * One topic of order events, consumed from its beginning by one function after the other. Each is started cold, and ended
 * when all is acknowledged and its sink was found to hold what the events say.
 */
public final class Consumption implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final double MEGABYTE = 1e6;
    private static final double MILLION = 1e6;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Stage stage;
    private final Deliveries deliveries;
    private final String aggregateType;
    private final Map<TopicPartition, Long> ends;

    /** Writes the topic. */
    Consumption(Stage stage, Deliveries deliveries) {
        this.stage = stage;
        this.deliveries = deliveries;
        this.aggregateType = stage.freshName("order");
        Topics topics = stage.site().topics();
        String topic = EventTopics.of(aggregateType);
        topics.create(topic);
        OrderRecords records = new OrderRecords(topic, Instant.now().minusMillis(deliveries.events()));
        topics.append(producer -> deliveries.forEach(event -> producer.accept(records.of(event))));
        this.ends = topics.ends(topic);
    }

    /** Has a function consume it, and checks what becomes of every event. */
    public Map<Metric, Double> by(ConsumerFunction function) throws InterruptedException {
        Ledger ledger = new Ledger(function.rules());
        deliveries.forEach(ledger::delivered);
        try (FunctionRun run = new FunctionRun(stage, function, aggregateType)) {
            run.awaitAcknowledged(ends, LIMIT);
            Usage usage = run.process().usage();
            run.requireExactly(ledger);
            Map<Metric, Double> values = rates(run, ledger);
            values.put(Metric.PEAK_MEMORY, usage.peakBytes() / MEGABYTE);
            values.put(Metric.CPU, usage.cpu().toMillis() / MILLIS_PER_SECOND * MILLION / ledger.deliveries());
            values.put(Metric.DUPLICATES, (double) ledger.count(Fate.DUPLICATE));
            values.put(Metric.DEAD_LETTERS, (double) ledger.count(Fate.DEAD_LETTER));
            values.put(Metric.PARKED, (double) ledger.count(Fate.PARKED));
            return values;
        }
    }

    /** Only what was applied counts, although all else takes its time too. */
    private static Map<Metric, Double> rates(FunctionRun run, Ledger ledger) {
        LongSummaryStatistics times = run.appliedAt(ledger).values().stream()
                .mapToLong(Long::longValue)
                .summaryStatistics();
        if (times.getCount() == 0) {
            throw new BenchException("Of no effect it is known when it took place");
        }
        long started = ChronoUnit.MICROS.between(Instant.EPOCH, run.process().startedAt());
        double effects = ledger.count(Fate.APPLIED) * MICROS_PER_SECOND;
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.EFFECTS, effects / Math.max(1, times.getMax() - times.getMin()));
        values.put(Metric.EFFECTS_FROM_START, effects / Math.max(1, times.getMax() - started));
        values.put(Metric.FIRST_EFFECT, (times.getMin() - started) / MICROS_PER_SECOND);
        return values;
    }

    /** Removes the topic. */
    @Override
    public void close() {
        stage.site().topics().delete(EventTopics.of(aggregateType));
    }
}
