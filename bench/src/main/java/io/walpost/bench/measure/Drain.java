package io.walpost.bench.measure;

import io.walpost.bench.contender.LogReader;
import io.walpost.bench.contender.RunningContender;
import io.walpost.bench.contender.Usage;
import io.walpost.bench.contender.WalsenderReader;
import io.walpost.bench.site.Backlog;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import io.walpost.bench.site.Topics;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * One backlog, drained by one contender after the other. It is written once, and each contender gets a slot that stands
 * before it, so that all of them read the same bytes. Each is started cold, and ended when all is in the topic.
 */
public final class Drain implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final double MEGABYTE = 1e6;
    private static final double MILLION = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Stage stage;
    private final Backlog backlog;
    private final String slot;
    private final String topic;

    /** Writes the backlog. */
    Drain(Stage stage, Backlog backlog) {
        this.stage = stage;
        this.backlog = backlog;
        this.slot = stage.freshName("backlog");
        OutboxDatabase database = stage.site().database();
        database.createSlot(slot);
        database.fill(slot, backlog);
        this.topic = EventTopics.of(slot);
        stage.site().topics().create(topic);
    }

    /** Has a contender drain it, and checks that every event arrived. */
    public Map<Metric, Double> by(LogReader contender) throws InterruptedException {
        OutboxDatabase database = stage.site().database();
        String own = stage.freshName(contender.id());
        database.copySlot(slot, own);
        try (RunningContender running = stage.start(contender, own, backlog.events())) {
            return contender.publishes() ? throughKafka(running) : toNowhere(running);
        } finally {
            database.dropSlot(own);
        }
    }

    private Map<Metric, Double> throughKafka(RunningContender running) throws InterruptedException {
        Topics topics = stage.site().topics();
        Map<TopicPartition, Long> before = topics.ends(topic);
        awaitAll(running, before);
        Usage usage = running.usage();
        Arrivals arrivals;
        try (var reader = topics.reader(before)) {
            arrivals = Arrivals.read(reader, backlog.events());
        }
        Map<Metric, Double> values = rates(running, arrivals.first(), arrivals.last());
        values.put(Metric.PEAK_MEMORY, usage.peakBytes() / MEGABYTE);
        values.put(Metric.CPU, usage.cpu().toMillis() / MILLIS_PER_SECOND * MILLION / backlog.events());
        values.put(Metric.DUPLICATES, (double) arrivals.duplicates());
        return values;
    }

    private void awaitAll(RunningContender running, Map<TopicPartition, Long> before) throws InterruptedException {
        Topics topics = stage.site().topics();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (Topics.between(before, topics.ends(topic)) < backlog.events()) {
            running.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new BenchException("Not all events are in the topic after " + LIMIT.toMinutes()
                        + " minutes; logs: " + stage.site().folder());
            }
            // Sampling at an interval: what is measured carries the broker's time, so looking more often gains nothing.
            Thread.sleep(LOOK);
        }
    }

    private Map<Metric, Double> toNowhere(RunningContender running) throws InterruptedException {
        String[] times = running.result(WalsenderReader.RESULT, LIMIT).split(" ");
        return rates(running, Long.parseLong(times[0]), Long.parseLong(times[1]));
    }

    private Map<Metric, Double> rates(RunningContender running, long first, long last) {
        long started = running.startedAt().toEpochMilli();
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.RATE, Arrivals.rate(backlog.events(), first, last));
        values.put(Metric.RATE_FROM_START, Arrivals.rate(backlog.events(), started, last));
        values.put(Metric.FIRST_EVENT, (first - started) / MILLIS_PER_SECOND);
        return values;
    }

    /** Removes the backlog. */
    @Override
    public void close() {
        OutboxDatabase database = stage.site().database();
        stage.site().topics().delete(topic);
        database.dropSlot(slot);
        database.clear();
    }
}
