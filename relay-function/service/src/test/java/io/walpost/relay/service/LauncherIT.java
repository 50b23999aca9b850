package io.walpost.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code relay.sh}, which stands beside the packaged relay. What it learns here stays there, for who uses that folder. */
class LauncherIT {

    private static final Path FOLDER = Path.of("target", "quarkus-app");
    private static final Path CACHE = FOLDER.resolve("app.aot");
    private static final int FIRST_JAVA_WITH_CACHES = 25;
    private static final int EVENTS = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();

    @BeforeAll
    static void start() throws SQLException {
        POSTGRES.start();
        KAFKA.start();
        execute(
                """
                CREATE TABLE outboxevent (
                  id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """,
                "CREATE PUBLICATION walpost FOR TABLE outboxevent WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('walpost', 'pgoutput')");
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
        POSTGRES.close();
    }

    @Test
    void startsTheNextTimeFromWhatItLearnedTheFirst() throws Exception {
        boolean canLearn = Runtime.version().feature() >= FIRST_JAVA_WITH_CACHES;
        Files.deleteIfExists(CACHE);

        relay(canLearn ? Map.of("WALPOST_RELAY_AOT", "train") : Map.of());
        assertThat(Files.exists(CACHE)).isEqualTo(canLearn);

        // With this mode, a JVM that cannot use the cache does not start.
        relay(canLearn ? Map.of("WALPOST_RELAY_JAVA_OPTS", "-XX:AOTMode=on") : Map.of());
    }

    @Test
    void runsWithoutACacheThatFits() throws Exception {
        byte[] kept = Files.exists(CACHE) ? Files.readAllBytes(CACHE) : null;
        try {
            Files.writeString(CACHE, "of another Java");
            relay(Map.of());
        } finally {
            Files.delete(CACHE);
            if (kept != null) {
                Files.write(CACHE, kept);
            }
        }
    }

    private static void relay(Map<String, String> further) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "WALPOST_RELAY_POSTGRES_URL", POSTGRES.jdbcUrl("postgres"),
                "WALPOST_RELAY_POSTGRES_USER", POSTGRES.user(),
                "WALPOST_RELAY_POSTGRES_PASSWORD", POSTGRES.password(),
                "KAFKA_BOOTSTRAP_SERVERS", KAFKA.bootstrapServers(),
                "JAVA_HOME", System.getProperty("java.home")));
        environment.putAll(further);
        execute("INSERT INTO outboxevent SELECT gen_random_uuid(), 'order', i::text, 'Placed', now(), '{}' "
                + "FROM generate_series(1, " + EVENTS + ") i");
        List<String> launcher = List.of(FOLDER.resolve("relay.sh").toString());
        try (RelayProcess relay = new RelayProcess(launcher, environment)) {
            relay.awaitReady();
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_events_total") == EVENTS);
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_lag_bytes") < 1_000);
            assertThat(relay.terminate()).as(relay.log()).isEqualTo(143);
            assertThat(relay.log()).contains("The relay stopped").doesNotContain("ERROR");
        }
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
