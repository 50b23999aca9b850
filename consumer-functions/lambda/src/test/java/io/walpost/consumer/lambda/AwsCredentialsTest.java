package io.walpost.consumer.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.walpost.aws.testing.AwsExtension;
import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.consumer.Failure;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Quarkus's pools are given for each connection. */
class AwsCredentialsTest {

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    private final AwsSecretCredentials secrets = new AwsSecretCredentials();
    private SecretsManagerServer server;

    @BeforeEach
    void ask() {
        server = aws.server();
    }

    @Test
    void areTheSecretsOfTheMoment() {
        server.put("orders/billing", "{\"username\":\"billing\",\"password\":\"first\"}");
        server.put("orders/cache", "of the cache");

        assertThat(secrets.getCredentials("orders/billing")).isEqualTo(Map.of("user", "billing", "password", "first"));
        assertThat(secrets.getCredentials("orders/cache")).isEqualTo(Map.of("password", "of the cache"));
        server.put("orders/billing", "{\"username\":\"billing_clone\",\"password\":\"second\"}");
        assertThat(secrets.getCredentials("orders/billing"))
                .isEqualTo(Map.of("user", "billing_clone", "password", "second"));
    }

    @Test
    void areNoFaultOfAnEventWhenTheyCannotBeHad() {
        assertThat(Failure.of(catchThrowable(() -> secrets.getCredentials("of nobody"))))
                .isEqualTo(Failure.DATABASE_NOT_PREPARED);
        server.refuse(500, "InternalServiceError");
        assertThat(Failure.of(catchThrowable(() -> secrets.getCredentials("orders/billing"))))
                .isEqualTo(Failure.DATABASE_UNREACHABLE);
        assertThat(Failure.DATABASE_NOT_PREPARED.reaction()).isEqualTo(Failure.Reaction.RETRY);
        assertThat(Failure.DATABASE_UNREACHABLE.reaction()).isEqualTo(Failure.Reaction.RETRY);
    }

    @Test
    void areTokensWithIam() {
        AwsIamCredentials iam = new AwsIamCredentials("jdbc:postgresql://db:5432/billing?sslmode=verify-full");

        assertThat(iam.getCredentials("billing"))
                .containsEntry("user", "billing")
                .hasEntrySatisfying("password", token -> assertThat(token)
                        .startsWith("db:5432/?")
                        .contains("DBUser=billing")
                        .contains("X-Amz-Signature="));
    }

    @Test
    void areNotSentWithoutTls() {
        AwsIamCredentials iam = new AwsIamCredentials("jdbc:postgresql://db:5432/billing");

        Throwable refusal = catchThrowable(() -> iam.getCredentials("billing"));

        assertThat(refusal)
                .hasMessageStartingWith("quarkus.datasource.jdbc.url: IAM database authentication needs TLS");
        assertThat(Failure.of(refusal)).isEqualTo(Failure.DATABASE_NOT_PREPARED);
    }
}
