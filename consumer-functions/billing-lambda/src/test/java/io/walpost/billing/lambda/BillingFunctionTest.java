package io.walpost.billing.lambda;

import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.lambda.LambdaFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the function.zip have in common: servers for all of them, a database and a topic for each. */
abstract class BillingFunctionTest {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int PARTITIONS = 4;

    private static final Path ZIP = Path.of("target", "function.zip");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    static final LocalKafka KAFKA = LocalKafka.temporary();

    @TempDir
    Path folder;

    BillingDatabase database;
    OrderTopic topic;
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

    @BeforeEach
    void prepare() {
        POSTGRES.start();
        int number = NUMBER.incrementAndGet();
        database = new BillingDatabase(POSTGRES, "billing" + number);
        database.create();
        topic = new OrderTopic(KAFKA, "outbox.event.order" + number, PARTITIONS);
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
    LambdaFunction function(Duration timeout, Duration margin) throws IOException {
        return function(timeout, Map.of("WALPOST_CONSUMER_LAMBDA_MARGIN", margin.toString()));
    }

    /** @param settings as environment variables */
    LambdaFunction function(Duration timeout, Map<String, String> settings) throws IOException {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.putAll(settings);
        function = new LambdaFunction(ZIP, folder, timeout, environment);
        return function;
    }

    EventSourceMapping mapping(int batchSize, Redelivery redelivery) {
        topic.flush();
        return new EventSourceMapping(KAFKA.bootstrapServers(), topic.name, batchSize, redelivery, function::invoke);
    }

    /** In a thread of its own. */
    static CompletableFuture<Void> deliverAll(EventSourceMapping mapping) {
        return CompletableFuture.runAsync(mapping::deliverAll, Thread::startVirtualThread);
    }
}
