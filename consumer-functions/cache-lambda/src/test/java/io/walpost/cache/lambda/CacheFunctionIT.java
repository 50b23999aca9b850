package io.walpost.cache.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.FunctionTest;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.localstack.LocalRedis;
import io.walpost.localstack.lambda.LambdaFunction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real function.zip under Lambda's own runtime, with a real Redis. */
@Timeout(300)
class CacheFunctionIT extends FunctionTest {

    /** Ten seconds more than the function's margin. */
    private static final Duration TIMEOUT = Duration.ofSeconds(17);

    private static final LocalRedis REDIS = LocalRedis.temporary();
    private static final int ORDERS = 60;
    private static final String SECRET = "orders/cache";

    @BeforeAll
    static void startRedis() {
        REDIS.start();
    }

    @AfterAll
    static void closeRedis() {
        REDIS.close();
    }

    @Override
    protected String[] migrations() {
        return new String[] {"db/walpost-dead-letters"};
    }

    @Test
    void invalidatesGoesOnBehindADeadLetterAndWaitsForRedis() throws Exception {
        function(TIMEOUT, Map.of("QUARKUS_REDIS_HOSTS", REDIS.uri()));
        for (long order = 1; order <= ORDERS; order++) {
            REDIS.command("HSET", key(order), "token", "of a reader", "version", "1", "value", "old");
            change(order, 2);
            change(order, 1);
        }
        long unreadable = 7;
        topic.send(topic.event(unreadable, "OrderLineAdded", "{no json"));
        change(unreadable, 3);
        EventSourceMapping mapping = mapping(50, Redelivery.FROM_THE_FIRST);

        mapping.deliverAll();

        assertThat(mapping.answers()).allMatch(NOTHING_FAILED::equals);
        for (long order = 1; order <= ORDERS; order++) {
            assertThat(field(order, "value")).as("the value of order %d", order).isEmpty();
            assertThat(field(order, "version")).isEqualTo(order == unreadable ? "3" : "2");
        }
        assertThat(database.texts("SELECT failure FROM walpost_dead_letter WHERE consumer = 'cache-invalidation'"))
                .containsExactly("unprocessable-event");

        change(1, 4);
        change(2, 4);
        deliverThroughAnOutageOf(REDIS, 1, 2);

        assertThat(field(1, "version")).isEqualTo("4");
        assertThat(field(2, "version")).isEqualTo("4");
        assertThat(database.count("walpost_dead_letter")).isEqualTo(1);
    }

    @Test
    void logsInWithTheSecretOfTheMoment() throws Exception {
        try (SecretsManagerServer secrets = new SecretsManagerServer()) {
            Map<String, String> environment = new HashMap<>(secrets.environment());
            environment.put("QUARKUS_REDIS_HOSTS", REDIS.uri());
            environment.put("WALPOST_CONSUMER_LAMBDA_SINK_SECRET", SECRET);
            LambdaFunction function = function(TIMEOUT, environment);
            function.initializeForSnapshot();
            assertThat(secrets.requests()).as("what a snapshot would keep").isEmpty();
            REDIS.requirePassword("first-secret-word");
            secrets.put(SECRET, "{\"username\":\"default\",\"password\":\"first-secret-word\"}");
            function.restore();

            change(1, 2);
            EventSourceMapping mapping = mapping(50, Redelivery.FROM_THE_FIRST);
            mapping.deliverAll();
            assertThat(mapping.answers()).containsExactly(NOTHING_FAILED);
            assertThat(field(1, "version")).isEqualTo("2");

            REDIS.requirePassword("second-secret-word");
            REDIS.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            change(1, 3);
            EventSourceMapping rotated = mapping(50, Redelivery.FROM_THE_FIRST);
            CompletableFuture<Void> delivery = deliverAll(rotated);
            await().atMost(PATIENCE).until(() -> !rotated.answers().isEmpty());
            assertThat(field(1, "version"))
                    .as("refused until the secret says so too")
                    .isEqualTo("2");
            secrets.put(SECRET, "{\"username\":\"default\",\"password\":\"second-secret-word\"}");
            delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertThat(field(1, "version")).isEqualTo("3");
            assertThat(database.count("walpost_dead_letter")).isZero();
            assertThat(function.log()).doesNotContain("-secret-word", SecretsManagerServer.SECRET_KEY);
        }
    }

    @AfterEach
    void letEverybodyIn() {
        REDIS.requirePassword("");
    }

    private void change(long order, int version) {
        topic.send(topic.event(order, "OrderLineAdded", "{\"version\":" + version + "}"));
    }

    private String field(long order, String name) {
        return REDIS.command("HGET", key(order), name);
    }

    private String key(long order) {
        return "walpost:" + topic.name.substring("outbox.event.".length()) + ":" + order;
    }
}
