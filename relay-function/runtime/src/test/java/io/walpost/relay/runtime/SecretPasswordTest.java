package io.walpost.relay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.aws.testing.AwsExtension;
import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PasswordSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretPasswordTest {

    private static final String ID = "orders/relay";

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    private final PasswordSource password = SecretPassword.of(ID, "relay");
    private SecretsManagerServer server;

    @BeforeEach
    void ask() {
        server = aws.server();
    }

    @Test
    void isKeptUntilItIsRefused() throws RelayException {
        server.put(ID, json("first"));
        assertThat(password.password()).isEqualTo("first");
        server.put(ID, json("second"));
        assertThat(password.password()).isEqualTo("first");
        assertThat(server.requests()).hasSize(1);

        assertThat(password.insteadOf("first")).contains("second");
        assertThat(password.password()).isEqualTo("second");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void isWhatIsPendingWhileTheDatabaseIsAheadOfTheSecret() throws RelayException {
        server.put(ID, json("first"));
        server.stage(ID, json("second"));

        assertThat(password.insteadOf("first")).contains("second");
        assertThat(password.insteadOf("second")).as("the database is behind").contains("first");
        server.finish(ID);
        assertThat(password.insteadOf("first")).contains("second");
        assertThat(password.insteadOf("second")).isEmpty();
    }

    @Test
    void isOfNobodyElse() {
        server.put(ID, "{\"username\":\"somebody\",\"password\":\"hidden\"}");

        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(password::password)
                .withMessage(
                        "The secret orders/relay is for the role somebody, and walpost.relay.postgres.user is relay")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
    }

    @Test
    void saysWhetherTryingAgainHelps() {
        server.refuse(400, "AccessDeniedException");
        assertThat(failure()).isEqualTo(FailureKind.AUTHENTICATION);
        server.refuse(503, "ServiceUnavailable");
        assertThat(failure()).isEqualTo(FailureKind.DATABASE_UNAVAILABLE);
    }

    @Test
    void isNotTold() throws RelayException {
        server.put(ID, json("hidden"));
        assertThat(password.password()).isEqualTo("hidden");
        assertThat(password).hasToString("the secret orders/relay");
    }

    private FailureKind failure() {
        try {
            password.password();
        } catch (RelayException e) {
            return e.kind();
        }
        throw new AssertionError("It was not refused");
    }

    private static String json(String password) {
        return "{\"username\":\"relay\",\"password\":\"" + password + "\"}";
    }
}
