package io.walpost.consumer.lambda.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.testing.ConsumerDatabase;
import io.walpost.consumer.testing.EventTopic;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.LocalServer;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of a function.zip have in common: servers for all of them, a database and a topic for each. */
public abstract class FunctionTest {

    protected static final Duration PATIENCE = Duration.ofSeconds(60);
    protected static final int PARTITIONS = 4;

    /** What a function answers that has done with all of its batch. */
    protected static final Answer NOTHING_FAILED = new Answer.Success("{\"batchItemFailures\":[]}");

    private static final Path ZIP = Path.of("target", "function.zip");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    protected static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    protected static final LocalKafka KAFKA = LocalKafka.temporary();

    @TempDir
    private Path folder;

    protected ConsumerDatabase database;
    protected EventTopic topic;
    private LambdaFunction function;

    @BeforeAll
    static void startServers() {
        POSTGRES.start();
        KAFKA.start();
    }

    @AfterAll
    static void closeServers() {
        KAFKA.close();
        POSTGRES.close();
    }

    /** Flyway's locations, as in the settings of the service. */
    protected abstract String[] migrations();

    @BeforeEach
    void prepare() {
        POSTGRES.start();
        int number = NUMBER.incrementAndGet();
        database = new ConsumerDatabase(POSTGRES, "consumer" + number);
        database.create(migrations());
        topic = new EventTopic(KAFKA, "outbox.event.order" + number, PARTITIONS);
    }

    @AfterEach
    void cleanUp() {
        if (function != null) {
            function.close();
        }
        topic.close();
    }

    /**
     * @param timeout of an invocation
     * @param margin how much of it is left alone
     */
    protected LambdaFunction function(Duration timeout, Duration margin) throws IOException {
        return function(timeout, Map.of("WALPOST_CONSUMER_LAMBDA_MARGIN", margin.toString()));
    }

    /** @param settings as environment variables */
    protected LambdaFunction function(Duration timeout, Map<String, String> settings) throws IOException {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.putAll(settings);
        function = new LambdaFunction(ZIP, folder, timeout, environment);
        return function;
    }

    protected EventSourceMapping mapping(int batchSize, Redelivery redelivery) {
        topic.flush();
        return new EventSourceMapping(KAFKA.bootstrapServers(), topic.name, batchSize, redelivery, function::invoke);
    }

    /** In a thread of its own. */
    protected static CompletableFuture<Void> deliverAll(EventSourceMapping mapping) {
        return CompletableFuture.runAsync(mapping::deliverAll, Thread::startVirtualThread);
    }

    /**
     * Delivers what the topic holds: without the sink until the function has answered that records of these partitions are to
     * come again, and with it then.
     */
    protected void deliverThroughAnOutageOf(LocalServer sink, int... partitions) throws Exception {
        sink.kill();
        EventSourceMapping mapping = mapping(50, Redelivery.FROM_THE_FIRST);
        CompletableFuture<Void> delivery = deliverAll(mapping);
        await().atMost(PATIENCE).until(() -> !mapping.answers().isEmpty());
        assertThat(mapping.answers().getFirst()).isInstanceOfSatisfying(Answer.Success.class, answer -> {
            for (int partition : partitions) {
                assertThat(answer.json()).contains(topic.name + "-" + partition);
            }
        });
        sink.start();
        delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
