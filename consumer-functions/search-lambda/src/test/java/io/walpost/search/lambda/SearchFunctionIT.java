package io.walpost.search.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.FunctionTest;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.localstack.lambda.LambdaFunction;
import io.walpost.search.Indices;
import io.walpost.search.LoginProxy;
import io.walpost.search.OrderRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real function.zip under Lambda's own runtime, with a real OpenSearch. */
@Timeout(300)
class SearchFunctionIT extends FunctionTest {

    /** Ten seconds more than the function's margin. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final String ALIAS = "orders";
    private static final int ORDERS = 60;
    private static final String SECRET = "orders/search";

    private static Indices indices;

    @BeforeAll
    static void startSearch() {
        indices = new Indices();
    }

    @AfterAll
    static void closeSearch() {
        indices.close();
    }

    @Override
    protected String[] migrations() {
        return new String[] {"db/walpost-dead-letters"};
    }

    @Test
    void indexesSetsAsideWhatTheIndexRefusesAndWaitsForOpenSearch() throws Exception {
        function(TIMEOUT, Map.of("WALPOST_SEARCH_URL", indices.server.url(), "WALPOST_SEARCH_CREATE_INDEX", "true"));
        Map<Long, Long> expected = new HashMap<>();
        for (long order = 1; order <= ORDERS; order++) {
            change(order, 1);
            expected.put(order, 1L);
        }
        long refused = ORDERS + 1;
        topic.send(topic.event(refused, "OrderPlaced", OrderRecords.changedPayload(refused, 1, "1e400")));
        topic.send(topic.event(refused, "OrderCancelled", "{no json"));
        long deleted = 8;
        topic.send(topic.event(deleted, "OrderDeleted", OrderRecords.deletedPayload(deleted, 2)));
        // Late, and out of order.
        change(deleted, 1);
        expected.put(deleted, -2L);
        EventSourceMapping mapping = mapping(50, Redelivery.FROM_THE_FIRST);

        mapping.deliverAll();

        assertThat(mapping.answers()).allMatch(NOTHING_FAILED::equals);
        assertThat(indices.versions(ALIAS)).isEqualTo(expected);
        assertThat(database.texts("SELECT failure FROM walpost_dead_letter WHERE key = '" + refused
                        + "' AND consumer = 'search' ORDER BY \"offset\""))
                .containsExactly("sink-refused", "parked");

        change(1, 2);
        change(2, 2);
        deliverThroughAnOutageOf(indices.server, 1, 2);

        expected.put(1L, 2L);
        expected.put(2L, 2L);
        assertThat(indices.versions(ALIAS)).isEqualTo(expected);
        assertThat(database.count("walpost_dead_letter")).isEqualTo(2);
    }

    @Test
    void logsInWithTheSecretOfTheMoment() throws Exception {
        try (SecretsManagerServer secrets = new SecretsManagerServer();
                LoginProxy proxy = new LoginProxy(indices.server.url(), "first-password")) {
            Map<String, String> environment = new HashMap<>(secrets.environment());
            environment.put("WALPOST_SEARCH_URL", proxy.url());
            environment.put("WALPOST_SEARCH_INDEX", "guarded");
            environment.put("WALPOST_SEARCH_CREATE_INDEX", "true");
            environment.put("WALPOST_CONSUMER_LAMBDA_SINK_SECRET", SECRET);
            secrets.put(SECRET, secret("first-password"));
            LambdaFunction function = function(TIMEOUT, environment);

            change(1, 1);
            EventSourceMapping mapping = mapping(50, Redelivery.FROM_THE_FIRST);
            mapping.deliverAll();
            assertThat(mapping.answers()).containsExactly(NOTHING_FAILED);
            assertThat(secrets.requests()).hasSize(1);

            proxy.setPassword("second-password");
            change(1, 2);
            EventSourceMapping rotated = mapping(50, Redelivery.FROM_THE_FIRST);
            CompletableFuture<Void> delivery = deliverAll(rotated);
            await().atMost(PATIENCE).until(() -> !rotated.answers().isEmpty());
            assertThat(indices.versions("guarded"))
                    .as("refused until the secret says so too")
                    .isEqualTo(Map.of(1L, 1L));
            secrets.put(SECRET, secret("second-password"));
            delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertThat(indices.versions("guarded")).isEqualTo(Map.of(1L, 2L));
            assertThat(database.count("walpost_dead_letter")).isZero();
            assertThat(function.log()).doesNotContain("-password", SecretsManagerServer.SECRET_KEY);
        }
    }

    private static String secret(String password) {
        return "{\"username\":\"" + LoginProxy.USER + "\",\"password\":\"" + password + "\"}";
    }

    private void change(long order, long version) {
        topic.send(topic.event(order, "OrderLineAdded", OrderRecords.changedPayload(order, version, "25.00")));
    }
}
