package io.walpost.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walpost.aws.testing.AwsExtension;
import io.walpost.aws.testing.SecretsManagerServer;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real SDK against Secrets Manager's interface. */
class SecretTest {

    private static final String ID = "orders/relay";

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    private final Secret secret = new Secret(ID);
    private SecretsManagerServer server;

    @BeforeEach
    void hasAValue() {
        server = aws.server();
        server.put(ID, json("first"));
    }

    @Test
    void isAskedForEachTimeAndNotBefore() throws CredentialsException {
        assertThat(server.requests()).isEmpty();

        assertThat(secret.current()).isEqualTo(new SecretValue(Optional.of("relay"), "first"));
        server.put(ID, "second");
        assertThat(secret.current()).isEqualTo(new SecretValue(Optional.empty(), "second"));

        assertThat(server.requests())
                .hasSize(2)
                .containsOnly(new SecretsManagerServer.Request(ID, "AWSCURRENT", SecretsManagerServer.REGION));
    }

    @Test
    void hasANextValueWhileItIsRotated() throws CredentialsException {
        assertThat(secret.pending()).isEmpty();

        server.stage(ID, json("second"));
        assertThat(secret.pending().orElseThrow().password()).isEqualTo("second");
        assertThat(secret.current().password()).isEqualTo("first");

        server.finish(ID);
        assertThat(secret.pending()).isEmpty();
        assertThat(secret.current().password()).isEqualTo("second");
    }

    @Test
    void isAskedForInTheRegionOfItsArn() throws CredentialsException {
        String arn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:orders/relay-a1B2c3";
        server.put(arn, "elsewhere");

        assertThat(new Secret(arn).current().password()).isEqualTo("elsewhere");

        assertThat(server.requests().getLast().region()).isEqualTo("us-west-2");
    }

    @Test
    void saysWhatAPersonHasToMend() {
        assertThat(failure(new Secret("of nobody"))).satisfies(failure -> {
            assertThat(failure).hasMessage("The secret of nobody does not exist, or has no value");
            assertThat(failure.isPermanent()).isTrue();
        });
        server.put(ID, "{\"user\":\"relay\"}");
        assertThat(failure(secret)).satisfies(failure -> {
            assertThat(failure).hasMessage("The secret orders/relay has no field password");
            assertThat(failure.hint()).contains("username and password");
            assertThat(failure.isPermanent()).isTrue();
        });
        server.refuse(400, "AccessDeniedException");
        assertThat(failure(secret)).satisfies(failure -> {
            assertThat(failure).hasMessageContaining("The secret orders/relay could not be read: refused by the test");
            assertThat(failure.hint()).contains("secretsmanager:GetSecretValue");
            assertThat(failure.isPermanent()).isTrue();
        });
    }

    @Test
    void saysWhatMayPass() throws CredentialsException {
        server.refuse(500, "InternalServiceError");
        assertThat(failure(secret).isPermanent()).isFalse();
        server.refuse(400, "ThrottlingException");
        assertThat(failure(secret).isPermanent()).isFalse();
        server.close();
        assertThat(failure(secret)).satisfies(failure -> {
            assertThat(failure.isPermanent()).isFalse();
            assertThat(failure.hint()).startsWith("Can Secrets Manager be reached");
        });
    }

    @Test
    void isNamed() {
        assertThat(secret).hasToString(ID);
        assertThatThrownBy(() -> new Secret(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static CredentialsException failure(Secret secret) {
        return catchThrowableOfType(CredentialsException.class, secret::current);
    }

    private static String json(String password) {
        return "{\"username\":\"relay\",\"password\":\"" + password + "\"}";
    }
}
