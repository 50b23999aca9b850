package io.walpost.bench.measure;

import io.walpost.bench.contender.ConsumerCounts;
import io.walpost.bench.contender.ConsumerFunction;
import io.walpost.bench.contender.RunningContender;
import io.walpost.bench.orders.Fate;
import io.walpost.bench.orders.Ledger;
import io.walpost.bench.orders.OrderEvent;
import io.walpost.bench.sink.Sink;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.FunctionDatabase;
import io.walpost.bench.site.Site;
import io.walpost.bench.site.Topics;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A consumer function at work on a topic: a new member of a new group, with a database and a sink of its own. */
final class FunctionRun implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String PARKED = "parked";

    private final Site site;
    private final ConsumerFunction function;
    private final String topic;
    private final String group;
    private final FunctionDatabase database;
    private final Sink sink;
    private final RunningContender process;

    FunctionRun(Stage stage, ConsumerFunction function, String aggregateType) {
        this.site = stage.site();
        this.function = function;
        this.topic = EventTopics.of(aggregateType);
        this.group = stage.freshName(function.id());
        this.database = site.createDatabase(group);
        this.sink = function.sink().open(site, database, group, aggregateType);
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.putAll(sink.settings());
        settings.put("KAFKA_BOOTSTRAP_SERVERS", site.bootstrapServers());
        settings.put("MP_MESSAGING_INCOMING_EVENTS_TOPIC", topic);
        settings.put("WALPOST_CONSUMER_NAME", group);
        settings.put("WALPOST_CONSUMER_DEAD_LETTERS_TOPIC", group + ".dead-letter");
        this.process = RunningContender.start(function, settings, site.folder().resolve(group));
    }

    RunningContender process() {
        return process;
    }

    /** Whether it has made its tables and serves. */
    boolean isUp() {
        return ConsumerCounts.canBeHad(process);
    }

    Map<Integer, Long> appliedAt(Ledger ledger) {
        return sink.appliedAt(ledger);
    }

    /** Waits until the function has acknowledged everything up to there. */
    void awaitAcknowledged(Map<TopicPartition, Long> ends, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = Long.MAX_VALUE; left > 0; ) {
            process.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new BenchException("%s has not acknowledged %d records after %d minutes; logs: %s"
                        .formatted(function.label(), left, limit.toMinutes(), site.folder()));
            }
            // Sampling at an interval: the sink tells the times, so looking more often gains nothing.
            Thread.sleep(LOOK);
            left = Topics.between(site.topics().acknowledged(group, topic), ends);
        }
    }

    /** @throws BenchException unless everything is in its place, once */
    void requireExactly(Ledger ledger) throws InterruptedException {
        ConsumerCounts counts = ConsumerCounts.of(process);
        Map<String, Integer> letters = database.letters();
        int parked = letters.getOrDefault(PARKED, 0);
        int applied = ledger.count(Fate.APPLIED);
        int duplicates = ledger.count(Fate.DUPLICATE);
        // A sink that has not answered in time is asked again, and may have applied what it then calls a duplicate.
        int unanswered = counts.retries() == 0 ? 0 : Math.max(0, applied - counts.events("applied"));
        require("events applied", applied - unanswered, counts.events("applied"));
        require("duplicates", duplicates + unanswered, counts.events("duplicate"));
        require("events ignored", ledger.count(Fate.IGNORED), counts.events("ignored"));
        require("dead letters", ledger.count(Fate.DEAD_LETTER), sum(letters) - parked);
        require("letters parked behind one", ledger.count(Fate.PARKED), parked);
        Map<Long, String> contents = sink.contents(ledger);
        require("orders in the sink", ledger.last().size(), contents.size());
        ledger.last().values().forEach(last -> requireState(last, contents));
    }

    private static int sum(Map<String, Integer> letters) {
        return letters.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void require(String what, int expected, int actual) {
        if (expected != actual) {
            throw new BenchException("%s: %s: %,d, and there should be %,d; this must not happen. Logs: %s"
                    .formatted(function.label(), what, actual, expected, site.folder()));
        }
    }

    private void requireState(OrderEvent last, Map<Long, String> contents) {
        String expected = sink.expected(last);
        String actual = contents.get(last.orderId());
        if (!expected.equals(actual)) {
            throw new BenchException("%s: the sink has of order %d \"%s\", and should have \"%s\"; this must not happen"
                    .formatted(function.label(), last.orderId(), actual, expected));
        }
    }

    @Override
    public void close() {
        process.close();
        sink.close();
        database.drop();
    }
}
