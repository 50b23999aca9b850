package io.walpost.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.Lsn;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged relay, started and stopped as a person or an orchestrator does. */
class RelayServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PASSWORD = "s3cr3t-relay";
    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();

    @BeforeAll
    static void start() {
        POSTGRES.start();
        KAFKA.start();
        execute("postgres", "CREATE ROLE relay LOGIN REPLICATION PASSWORD '" + PASSWORD + "'");
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
        POSTGRES.close();
    }

    private static void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(POSTGRES.jdbcUrl(database), POSTGRES.user(), POSTGRES.password());
    }

    /** A database with outbox, publication and a slot of the same name. */
    private static void prepare(String database) {
        POSTGRES.createDatabase(database);
        execute(
                database,
                """
                CREATE TABLE outboxevent (
                  id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """,
                "CREATE TABLE other (body text)",
                "CREATE PUBLICATION walpost FOR TABLE outboxevent WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('" + database + "', 'pgoutput')");
    }

    private static void publish(String database, int events) {
        execute(
                database,
                "INSERT INTO outboxevent SELECT gen_random_uuid(), 'order', i::text, 'Placed', now(), '{}' "
                        + "FROM generate_series(1, " + events + ") i");
    }

    private static Lsn lsn(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return Lsn.parse(row.getString(1));
        }
    }

    private static Map<String, String> environment(String database) {
        Map<String, String> environment = new HashMap<>();
        environment.put("WALPOST_RELAY_POSTGRES_URL", POSTGRES.jdbcUrl(database));
        environment.put("WALPOST_RELAY_POSTGRES_USER", "relay");
        environment.put("WALPOST_RELAY_POSTGRES_PASSWORD", PASSWORD);
        environment.put("WALPOST_RELAY_SLOT", database);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", KAFKA.bootstrapServers());
        return environment;
    }

    @Test
    void relaysWithARoleThatMayDoNothingElseAndStopsInGoodOrder() throws Exception {
        prepare("healthy");
        Lsn published;
        try (RelayProcess relay = new RelayProcess(environment("healthy"))) {
            relay.awaitReady();
            publish("healthy", 1_000);
            published = lsn("healthy", "SELECT pg_current_wal_lsn()");
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_events_total") == 1_000);
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_lag_bytes") < 1_000);
            assertThat(relay.metric("walpost_relay_bytes_total")).isGreaterThan(1_000);
            assertThat(relay.metric("walpost_relay_lag_seconds")).isZero();
            assertThat(relay.metric("walpost_relay_reconnects_total")).isZero();
            assertThat(relay.metric("walpost_relay_acknowledged_lsn")).isPositive();
            assertThat(relay.get("/q/metrics").body())
                    .contains("walpost_relay_errors_total{kind=\"database-unavailable\"} 0.0")
                    .contains("walpost_relay_state{state=\"streaming\"} 1.0");
            assertThat(relay.get("/q/health/live").status()).isEqualTo(200);
            assertThat(relay.get("/q/health/ready").body()).contains("streaming");

            assertThat(relay.terminate()).isEqualTo(143);
            assertThat(relay.log())
                    .contains("The relay stopped")
                    .doesNotContain("ERROR")
                    .doesNotContain(PASSWORD);
        }
        assertThat(lsn("healthy", "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'healthy'"))
                .isGreaterThanOrEqualTo(published);
    }

    @Test
    void relaysMessagesOfADatabaseWithoutAnOutboxTable() throws Exception {
        POSTGRES.createDatabase("tableless");
        execute(
                "tableless",
                "CREATE PUBLICATION walpost WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('tableless', 'pgoutput')");
        Map<String, String> environment = environment("tableless");
        environment.put("WALPOST_RELAY_CAPTURE", "message");
        environment.put("WALPOST_RELAY_HEADERS_COLUMNS", "tenant,region:x-region");
        environment.put("WALPOST_RELAY_TOPIC_TEMPLATE", "events");
        environment.put("WALPOST_RELAY_RECORD_TIMESTAMP", "event");
        try (RelayProcess relay = new RelayProcess(environment)) {
            relay.awaitReady();
            execute("tableless", """
                    SELECT pg_logical_emit_message(true, 'outbox', '{"id":"' || gen_random_uuid()
                      || '","aggregatetype":"order","aggregateid":"' || i
                      || '","type":"Placed","timestamp":"2026-03-01T12:00:00Z","payload":null,"tenant":"a"}')
                      FROM generate_series(1, 100) i
                    """);
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_events_total") == 100);
            assertThat(relay.log()).contains("messages of prefix outbox").doesNotContain("ERROR");
        }
    }

    @Test
    void waitsForDatabaseAndBrokerThatAreDownAtItsStart() throws Exception {
        prepare("patient");
        publish("patient", 10);
        POSTGRES.kill();
        KAFKA.kill();
        try (RelayProcess relay = new RelayProcess(environment("patient"))) {
            await().atMost(PATIENCE)
                    .until(() -> relay.get("/q/health/ready").body().contains("database-unavailable"));
            assertThat(relay.get("/q/health/ready").status()).isEqualTo(503);
            assertThat(relay.get("/q/health/live").status()).isEqualTo(200);
            POSTGRES.start();
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_state{state=\"streaming\"}") == 1);
            assertThat(relay.metric("walpost_relay_events_total")).isZero();
            KAFKA.start();
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_events_total") == 10);
            relay.awaitReady();
            assertThat(relay.alive()).isTrue();
            assertThat(relay.log()).doesNotContain("\tat ").doesNotContain(PASSWORD);
        } finally {
            POSTGRES.start();
            KAFKA.start();
        }
    }

    @Test
    void endsWithTheSqlThatPreparesTheDatabase() throws Exception {
        POSTGRES.createDatabase("bare");
        try (RelayProcess relay = new RelayProcess(environment("bare"))) {
            assertThat(relay.exitCode()).isEqualTo(78);
            assertThat(relay.log())
                    .contains("CREATE TABLE public.outboxevent")
                    .contains("CREATE PUBLICATION walpost FOR TABLE public.outboxevent WITH (publish = 'insert')")
                    .contains("SELECT pg_create_logical_replication_slot('bare', 'pgoutput')")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void endsWithAHintWhenItsPasswordIsWrong() throws Exception {
        Map<String, String> environment = environment("postgres");
        environment.put("WALPOST_RELAY_POSTGRES_PASSWORD", "not-" + PASSWORD);
        try (RelayProcess relay = new RelayProcess(environment)) {
            assertThat(relay.exitCode()).isEqualTo(77);
            assertThat(relay.log()).contains("walpost.relay.postgres.user").doesNotContain(PASSWORD);
        }
    }

    @Test
    void endsWithAllThatIsMissingOrWrongInItsSettings() throws Exception {
        assertRefused(
                environment -> environment.keySet().removeIf(name -> name.startsWith("WALPOST_")),
                "walpost.relay.postgres.url, walpost.relay.postgres.user");
        assertRefused(environment -> environment.remove("KAFKA_BOOTSTRAP_SERVERS"), "kafka.bootstrap.servers");
        assertRefused(environment -> environment.put("KAFKA_ACKS", "1"), "kafka.acks=1");
        assertRefused(environment -> environment.put("WALPOST_RELAY_SLOT", "Not-A-Slot"), "walpost.relay.slot");
        assertRefused(environment -> environment.put("WALPOST_RELAY_TABLES", "outboxevent"), "walpost.relay.tables");
        assertRefused(
                environment -> environment.put("WALPOST_RELAY_TOPIC_TEMPLATE", "outbox.{type}"),
                "walpost.relay.topic.template");
        assertRefused(
                environment -> environment.put("WALPOST_RELAY_IN_FLIGHT_EVENTS", "0"),
                "walpost.relay.in-flight.events");
        assertRefused(
                environment -> {
                    environment.put("WALPOST_RELAY_DELIVERY", "exactly-once");
                    environment.put("KAFKA_TRANSACTION_TIMEOUT_MS", "1000");
                },
                "kafka.transaction.timeout.ms=1000");
        assertRefused(
                environment -> environment.put("WALPOST_RELAY_IN_FLIGHT_EVENTS", "many"),
                "walpost.relay.in-flight.events cannot be 'many'");
        assertRefused(environment -> environment.put("WALPOST_RELAY_WAL_BUDGET", "0"), "walpost.relay.wal-budget");
        assertRefused(
                environment -> environment.put("QUARKUS_HTTP_PORT", String.valueOf(POSTGRES.port())),
                "quarkus.http.port");
        assertRefused(environment -> environment.put("QUARKUS_HTTP_PORT", "http"), "quarkus.http.port");
    }

    @Test
    void saysWhichOfItsSettingsMeanNothingAndWhenTheSlotIsOverItsBudget() throws Exception {
        prepare("careless");
        publish("careless", 1_000);
        KAFKA.kill();
        Map<String, String> environment = environment("careless");
        environment.put("WALPOST_RELAY_WAL_BUDGETS", "1G");
        environment.put("WALPOST_RELAY_WAL_BUDGET", "100K");
        try (RelayProcess relay = new RelayProcess(environment)) {
            await().atMost(PATIENCE)
                    .until(() -> relay.get("/q/health/ready").body().contains("over-budget"));
            assertThat(relay.get("/q/metrics").body())
                    .contains("walpost_relay_slot_state{state=\"over-budget\"} 1.0")
                    .contains("walpost_relay_slot_state{state=\"within-budget\"} 0.0");
            assertThat(relay.metric("walpost_relay_wal_budget_bytes")).isEqualTo(102_400);
            KAFKA.start();
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_events_total") == 1_000);
            await().atMost(PATIENCE).until(() -> {
                execute("careless", "INSERT INTO other VALUES ('x')", "SELECT pg_log_standby_snapshot()");
                return relay.log().contains("The slot is within its budget");
            });
            assertThat(relay.log())
                    .containsOnlyOnce("WALPOST_RELAY_WAL_BUDGETS means nothing to the relay; did you mean"
                            + " WALPOST_RELAY_WAL_BUDGET?")
                    .containsOnlyOnce("walpost.relay.wal-budget is 100 kB");
        } finally {
            KAFKA.start();
        }
    }

    @Test
    void letsASystemPropertyWinOverTheEnvironment() throws Exception {
        prepare("precedence");
        publish("precedence", 1);
        Map<String, String> environment = environment("precedence");
        environment.put("JAVA_TOOL_OPTIONS", "-Dkafka.bootstrap.servers=127.0.0.1:1");
        try (RelayProcess relay = new RelayProcess(environment)) {
            await().atMost(PATIENCE)
                    .until(() -> relay.get("/q/health/ready").body().contains("kafka-unavailable"));
            assertThat(relay.get("/q/health/ready").status()).isEqualTo(503);
            assertThat(relay.metric("walpost_relay_events_total")).isZero();
            assertThat(relay.metric("walpost_relay_errors_total{kind=\"kafka-unavailable\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void showsEachEventOnceHoweverOftenItIsKilled() throws Exception {
        prepare("killed");
        Map<String, String> environment = environment("killed");
        environment.put("WALPOST_RELAY_DELIVERY", "exactly-once");
        KAFKA.createTopic("outbox.event.killed", 3);
        AtomicBoolean enough = new AtomicBoolean();
        int written;
        // A thread of its own: the common pool may have but one, which the end of a process is told on.
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                CommittedTopic topic = new CommittedTopic(KAFKA.bootstrapServers(), "outbox.event.killed", 3)) {
            Future<Integer> writer = threads.submit(() -> writeTransactions("killed", enough));
            try {
                killAgainAndAgain(environment, topic);
            } finally {
                enough.set(true);
            }
            written = writer.get();
            try (RelayProcess relay = new RelayProcess(environment)) {
                await().atMost(PATIENCE).until(() -> topic.ids().size() >= written);
                await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_lag_bytes") < 1_000);
            }
            assertThat(topic.ids()).hasSize(written).doesNotHaveDuplicates();
        }
    }

    private static void killAgainAndAgain(Map<String, String> environment, CommittedTopic topic) throws Exception {
        Random random = new Random(20_261_120);
        for (int kill = 0; kill < 4; kill++) {
            int before = topic.ids().size();
            // Closing it is a kill -9.
            try (RelayProcess relay = new RelayProcess(environment)) {
                int more = 50 + random.nextInt(1_000);
                await().atMost(PATIENCE).until(() -> topic.ids().size() >= before + more);
            }
        }
    }

    /** Writes transactions of ten events, not faster than a relay that is killed all the time can follow. */
    private static int writeTransactions(String database, AtomicBoolean enough) {
        int events = 0;
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            while (!enough.get()) {
                statement.execute("INSERT INTO outboxevent SELECT gen_random_uuid(), 'killed', i::text, 'Placed',"
                        + " now(), '{}' FROM generate_series(1, 10) i");
                statement.execute("SELECT pg_sleep(0.01)");
                events += 10;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return events;
    }

    private static void assertRefused(java.util.function.Consumer<Map<String, String>> mistake, String named)
            throws Exception {
        Map<String, String> environment = environment("postgres");
        mistake.accept(environment);
        try (RelayProcess relay = new RelayProcess(environment)) {
            assertThat(relay.exitCode()).isEqualTo(78);
            assertThat(relay.log()).contains(named).doesNotContain("\tat ").doesNotContain(PASSWORD);
        }
    }
}
