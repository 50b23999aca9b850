package io.walpost.billing.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The password of the function's role is changed under it, as a rotation function of Secrets Manager does. */
@Timeout(300)
class CredentialRotationIT extends BillingFunctionTest {

    private static final String SECRET = "orders/billing";
    private static final String ROLE = "billing_function";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SecretsManagerServer secrets = new SecretsManagerServer();

    @AfterEach
    void closeSecrets() {
        secrets.close();
    }

    @Test
    void billsOnWithTheNextPassword() throws Exception {
        execute(
                "CREATE ROLE " + ROLE + " LOGIN",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + ROLE);
        setPassword("before-the-snapshot");
        secrets.put(SECRET, json("before-the-snapshot"));
        LambdaFunction function = function(Duration.ofSeconds(20), environment());

        function.initializeForSnapshot();
        assertThat(secrets.requests()).as("what a snapshot would keep").isEmpty();
        setPassword("first-password");
        secrets.put(SECRET, json("first-password"));
        function.restore();
        deliver(1);
        assertThat(database.count("invoice")).isEqualTo(1);

        setPassword("second-password");
        int asked = secrets.requests().size();
        deliver(2);
        assertThat(secrets.requests()).as("connections that are there stay").hasSize(asked);

        cutConnections();
        topic.send(placed(3));
        EventSourceMapping mapping = mapping(10, Redelivery.FROM_THE_FIRST);
        CompletableFuture<Void> delivery = deliverAll(mapping);
        await().atMost(PATIENCE).until(() -> secrets.requests().size() > asked + 1);
        assertThat(database.count("invoice"))
                .as("refused until the secret says so too")
                .isEqualTo(2);
        secrets.put(SECRET, json("second-password"));
        delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(database.count("invoice")).isEqualTo(3);
        assertThat(database.count("walpost_dead_letter")).isZero();
        assertThat(function.log())
                .contains("\"Namespace\":\"Walpost/Consumer\"")
                .doesNotContain("-password", "before-the-snapshot", SecretsManagerServer.SECRET_KEY);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(secrets.environment());
        environment.put("QUARKUS_DATASOURCE_USERNAME", "");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "");
        environment.put("QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER", SECRET);
        environment.put("QUARKUS_DATASOURCE_CREDENTIALS_PROVIDER_NAME", "aws-secret");
        return environment;
    }

    private void deliver(long order) {
        topic.send(placed(order));
        EventSourceMapping mapping = mapping(10, Redelivery.FROM_THE_FIRST);
        mapping.deliverAll();
        assertThat(mapping.answers()).containsExactly(new Answer.Success("{\"batchItemFailures\":[]}"));
    }

    private void setPassword(String password) throws SQLException {
        execute("ALTER ROLE " + ROLE + " PASSWORD '" + password + "'");
    }

    private void cutConnections() throws SQLException {
        execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '" + ROLE + "'");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String json(String password) {
        return "{\"engine\":\"postgres\",\"username\":\"" + ROLE + "\",\"password\":\"" + password + "\"}";
    }
}
