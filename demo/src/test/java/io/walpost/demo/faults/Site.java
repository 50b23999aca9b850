package io.walpost.demo.faults;

import static org.awaitility.Awaitility.await;

import io.walpost.demo.TestStage;
import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.ServiceProcess;
import io.walpost.demo.stage.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Where faults strike: the stage, and how far its consumers have come. */
final class Site implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(2);

    /** For how long a consumer tries what may be the event's own fault; an outage has to last longer. */
    static final Duration RETRY_WINDOW = Duration.ofSeconds(2);

    /** So many records more, and a consumer is at work again. */
    private static final long PROGRESS = 20;

    private final TestStage test;
    private final Admin admin;

    Site(TestStage test) {
        this.test = test;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                test.stage().servers().kafka().bootstrapServers()));
    }

    /** Short waits, so that an outage outlasts them, and a session that ends soon after a kill. */
    static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("WALPOST_CONSUMER_RETRY_INITIAL_DELAY", "50ms"),
                Map.entry("WALPOST_CONSUMER_RETRY_MAX_DELAY", "500ms"),
                Map.entry("WALPOST_CONSUMER_RETRY_ATTEMPTS_ON_UNKNOWN", "3"),
                Map.entry("WALPOST_CONSUMER_RETRY_GIVE_UP_AFTER", RETRY_WINDOW.toSeconds() + "s"),
                Map.entry("MP_MESSAGING_INCOMING_EVENTS_SESSION_TIMEOUT_MS", "6000"),
                Map.entry("MP_MESSAGING_INCOMING_EVENTS_HEARTBEAT_INTERVAL_MS", "1000"),
                // Shorter than a sink that is slow stands still: some waves must count as failed.
                Map.entry("WALPOST_CACHE_TIMEOUT", "5s"),
                Map.entry("WALPOST_SEARCH_TIMEOUT", "5s"),
                // A long run must not see its markers expire: what is delivered again would be applied again, rightly.
                Map.entry("WALPOST_CACHE_MARKER_TTL", "1d"),
                Map.entry("ORDERS_CACHE_VALUE_TTL", "1d"));
    }

    Stage stage() {
        return test.stage();
    }

    TestStage test() {
        return test;
    }

    ServiceProcess consumer(ConsumerFunction function) {
        return stage().consumer(function);
    }

    /** Waits until the consumer has gone some way further from here. */
    void awaitProgress(ConsumerFunction function) throws Exception {
        long from = committed(function);
        await(function.label() + " goes on").atMost(LIMIT).until(() -> committed(function) >= from + PROGRESS);
    }

    /** How many records the group has left behind. */
    private long committed(ConsumerFunction function) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(function.label()).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    /** Of one that is there, however long it takes to answer. */
    static double eventsOfRunning(ServiceProcess consumer, String... labels) {
        return await(consumer.name() + " tells what it does")
                .atMost(LIMIT)
                .until(consumer::metrics, Optional::isPresent)
                .orElseThrow()
                .sum("walpost_consumer_events_total", labels)
                .orElse(0);
    }

    /** 0 also of one that does not answer. */
    static double events(ServiceProcess consumer, String... labels) throws InterruptedException {
        return sum(consumer, "walpost_consumer_events_total", labels);
    }

    static double sum(ServiceProcess consumer, String metric, String... labels) throws InterruptedException {
        return consumer.metrics()
                .map(page -> page.sum(metric, labels).orElse(0))
                .orElse(0.0);
    }

    @Override
    public void close() {
        admin.close();
    }
}
