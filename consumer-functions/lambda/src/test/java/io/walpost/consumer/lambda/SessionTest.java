package io.walpost.consumer.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.localstack.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a function's pool tells the server first on each of its connections. */
class SessionTest {

    private static final Path DEFAULTS =
            Path.of("src", "main", "resources", "META-INF", "microprofile-config.properties");

    @Test
    void hasTheServerLookWhetherTheFunctionIsStillThere() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.temporary()) {
            postgres.start();
            try (Connection connection = DriverManager.getConnection(
                            postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
                    Statement statement = connection.createStatement()) {
                statement.execute(setting("quarkus.datasource.jdbc.new-connection-sql"));

                assertThat(shown(statement, "plan_cache_mode")).isEqualTo("force_custom_plan");
                assertThat(shown(statement, "tcp_keepalives_idle")).isEqualTo("60");
                assertThat(shown(statement, "tcp_keepalives_interval")).isEqualTo("10");
                assertThat(shown(statement, "tcp_keepalives_count")).isEqualTo("3");
                assertThat(shown(statement, "tcp_user_timeout")).isEqualTo("90000");
                assertThat(shown(statement, "idle_in_transaction_session_timeout"))
                        .isEqualTo("10s");
            }
        }
    }

    private static String shown(Statement statement, String setting) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String setting(String name) throws IOException {
        Properties settings = new Properties();
        try (InputStream file = Files.newInputStream(DEFAULTS)) {
            settings.load(file);
        }
        return settings.getProperty(name);
    }
}
