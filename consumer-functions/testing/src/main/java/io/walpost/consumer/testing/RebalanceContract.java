package io.walpost.consumer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Partitions that change hands between instances of a service, in the middle of what these are doing. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RebalanceContract {

    private static final int PARTITIONS = 4;
    private static final int BATCH = 50;
    private static final String SHORT_SESSION = "mp.messaging.incoming.events.session.timeout.ms=6000";

    protected final ConsumerDatabase database;
    private final String function;
    private final LocalPostgres postgres = LocalPostgres.temporary();
    private final LocalKafka kafka = LocalKafka.temporary();
    private EventTopic topic;

    /** @param function the folder of the service's module, which is also its name and its group */
    protected RebalanceContract(String function) {
        this.function = function;
        this.database = new ConsumerDatabase(postgres, function);
    }

    /** Where the sink is, as environment variables; it runs. */
    protected abstract Map<String, String> sink();

    /** Of the event that places an order. */
    protected abstract String payload(long order);

    /** Asserts that the sink has the orders 1, 2, 3…, and each of them once. */
    protected abstract void assertEachOnce(int orders) throws Exception;

    @BeforeAll
    void startServers() {
        postgres.start();
        postgres.createDatabase(function);
        kafka.start();
        topic = new EventTopic(kafka, "outbox.event.order", PARTITIONS);
    }

    @AfterAll
    void closeServers() {
        topic.close();
        kafka.close();
        postgres.close();
    }

    @Test
    void appliesEachEventOnceWhileInstancesJoinLeaveAndAreKilled() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger placed = new AtomicInteger();
        try (FunctionProcess first = process()) {
            CompletableFuture<Void> load = CompletableFuture.runAsync(
                    () -> {
                        while (!enough.get()) {
                            long order = placed.incrementAndGet();
                            topic.put(topic.event(order, "OrderPlaced", payload(order)));
                        }
                    },
                    Thread::startVirtualThread);
            try {
                under(load).until(() -> handled(first) > BATCH);
                try (FunctionProcess second = process()) {
                    under(load).until(() -> handled(second) > BATCH);
                    under(load).until(() -> topic.assignor(function).equals("cooperative-sticky"));
                    try (FunctionProcess third = process()) {
                        under(load).until(() -> handled(third) > 0);
                        third.kill();
                    }
                    under(load).until(() -> topic.members(function) == 2);
                    double byTheFirst = applied(first);
                    assertThat(first.stop(30)).as("ended by itself").isTrue();
                    int placedBeforeTheSecondWasAlone = placed.get();
                    under(load).until(() -> placed.get() > placedBeforeTheSecondWasAlone + BATCH);
                    enough.set(true);
                    load.get(30, TimeUnit.SECONDS);

                    patiently().until(() -> topic.isAcknowledged(function));
                    assertThat(byTheFirst).isPositive();
                    assertThat(applied(second)).isLessThanOrEqualTo(placed.get() - byTheFirst);
                }
            } finally {
                enough.set(true);
            }
        }
        assertEachOnce(placed.get());
        assertThat(database.count("walpost_dead_letter")).isZero();
    }

    private FunctionProcess process() throws IOException {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.putAll(sink());
        return new FunctionProcess(function, environment, SHORT_SESSION);
    }

    /** What comes again after a rebalance is no effect of whoever gets it. */
    private double applied(FunctionProcess service) throws IOException {
        return service.metric("walpost_consumer_events_total{consumer=\"" + function + "\",outcome=\"applied\"}");
    }

    /** Events that it is done with, other than dead letters. */
    private static double handled(FunctionProcess service) throws IOException {
        return service.metric("walpost_consumer_events_total");
    }

    /** Without it, nothing would be left to wait for. */
    private static ConditionFactory under(CompletableFuture<Void> load) {
        return patiently().failFast("The load has ended", load::isDone);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).ignoreExceptions();
    }
}
