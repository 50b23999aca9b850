package io.walpost.relay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.aws.testing.AwsExtension;
import io.walpost.localstack.LocalPostgres;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.DatabaseIdentity;
import io.walpost.relay.replication.PasswordSource;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real server in the place of RDS: instead of checking a token's signature it knows the token as a password. */
@Timeout(120)
class TokenPasswordTest {

    private static final String RDS =
            "jdbc:postgresql://orders.abc.eu-central-1.rds.amazonaws.com/postgres?sslmode=require";
    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    private final List<String> tokens = new ArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        POSTGRES.start();
        execute("CREATE ROLE relay LOGIN", "GRANT pg_monitor TO relay");
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    @Test
    void isMadeForEachConnectionAndTakenByTheServer() throws Exception {
        // As long as the credentials of a role make it.
        System.setProperty("aws.sessionToken", "of-a-role".repeat(120));
        try {
            PasswordSource source = TokenPassword.of(RDS, "relay");
            for (int i = 0; i < 3; i++) {
                assertThat(DatabaseIdentity.of(settings(knownToTheServer(source)))
                                .name())
                        .isEqualTo("postgres");
            }

            assertThat(tokens).hasSize(3).allSatisfy(token -> assertThat(token)
                    .startsWith("orders.abc.eu-central-1.rds.amazonaws.com:5432/?DBUser=relay&Action=connect&")
                    .hasSizeGreaterThan(1_000));
            assertThat(source.isLasting()).isFalse();
            assertThat(source).hasToString("tokens of IAM");
        } finally {
            System.clearProperty("aws.sessionToken");
        }
    }

    @Test
    void isNotAskedForAgainWhenItIsRefused() {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> DatabaseIdentity.of(settings(TokenPassword.of(RDS, "relay"))))
                .withMessageNotContaining("X-Amz")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.AUTHENTICATION));
    }

    private PasswordSource knownToTheServer(PasswordSource source) {
        return () -> {
            String token = source.password();
            tokens.add(token);
            try {
                execute("ALTER ROLE relay PASSWORD '" + token + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return token;
        };
    }

    private static PostgresSettings settings(PasswordSource source) {
        return new PostgresSettings(
                POSTGRES.jdbcUrl("postgres"),
                "relay",
                source,
                "walpost",
                "walpost",
                List.of(TableName.parse("public.outboxevent")),
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(40));
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        POSTGRES.jdbcUrl("postgres"), POSTGRES.user(), POSTGRES.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
