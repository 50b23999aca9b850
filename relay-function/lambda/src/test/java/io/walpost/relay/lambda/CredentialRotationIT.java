package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A password that a secret holds, and that is rotated under the function. */
@Timeout(180)
class CredentialRotationIT extends RelayFunctionTest {

    private static final String SECRET = "orders/relay";
    private static final String ROLE = "rotated_relay";

    private final SecretsManagerServer secrets = new SecretsManagerServer();

    @AfterEach
    void closeSecrets() {
        secrets.close();
    }

    @Test
    void publishesOnWithTheNextPassword() throws Exception {
        outbox.execute("CREATE ROLE " + ROLE + " LOGIN REPLICATION");
        rotate("before-the-snapshot");
        LambdaFunction function = function(Duration.ofSeconds(60), settings());

        function.initializeForSnapshot();
        assertThat(secrets.requests()).as("what a snapshot would keep").isEmpty();
        rotate("first-password");
        function.restore();
        outbox.publish(0, 10);
        assertThat(reportOf(function).get("events").intValue()).isEqualTo(10);
        assertThat(secrets.requests()).as("once for all connections").hasSize(1);

        rotate("second-password");
        outbox.publish(10, 10);
        assertThat(reportOf(function).get("events").intValue()).isEqualTo(10);

        assertThat(function.log()).doesNotContain("-password", "before-the-snapshot", SecretsManagerServer.SECRET_KEY);
    }

    private void rotate(String password) {
        outbox.execute("ALTER ROLE " + ROLE + " PASSWORD '" + password + "'");
        secrets.put(SECRET, "{\"username\":\"" + ROLE + "\",\"password\":\"" + password + "\"}");
    }

    private String[] settings() {
        List<String> own = List.of(
                "WALPOST_RELAY_POSTGRES_USER=" + ROLE,
                "WALPOST_RELAY_POSTGRES_PASSWORD=",
                "WALPOST_RELAY_POSTGRES_LOGIN=secret",
                "WALPOST_RELAY_POSTGRES_SECRET=" + SECRET);
        Stream<String> ofAws = secrets.environment().entrySet().stream().map(Map.Entry::toString);
        return Stream.concat(own.stream(), ofAws).toArray(String[]::new);
    }
}
