package io.walpost.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.Lsn;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the packaged relay, as a person and as a script use them. */
class CommandLineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "s3cr3t-relay";
    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();

    @BeforeAll
    static void start() {
        POSTGRES.start();
        KAFKA.start();
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
        POSTGRES.close();
    }

    private static void execute(String database, String... statements) {
        try (Connection connection =
                        DriverManager.getConnection(POSTGRES.jdbcUrl(database), POSTGRES.user(), POSTGRES.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A database with an outbox, and nothing that the relay needs. */
    private static Map<String, String> environment(String database) {
        POSTGRES.createDatabase(database);
        execute(database, """
                CREATE TABLE IF NOT EXISTS outboxevent (
                  id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """);
        Map<String, String> environment = new HashMap<>();
        environment.put("WALPOST_RELAY_POSTGRES_URL", POSTGRES.jdbcUrl(database));
        environment.put("WALPOST_RELAY_POSTGRES_USER", "relay_" + database);
        environment.put("WALPOST_RELAY_POSTGRES_PASSWORD", PASSWORD);
        environment.put("WALPOST_RELAY_SLOT", database);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", KAFKA.bootstrapServers());
        return environment;
    }

    private static Map<String, String> asAdmin(Map<String, String> environment) {
        Map<String, String> admin = new HashMap<>(environment);
        admin.put("WALPOST_ADMIN_USER", POSTGRES.user());
        admin.put("WALPOST_ADMIN_PASSWORD", POSTGRES.password());
        return admin;
    }

    private static Map<String, String> prepared(String database) throws Exception {
        Map<String, String> environment = environment(database);
        CommandProcess setup = CommandProcess.run(asAdmin(environment), "setup", "--create-role");
        assertThat(setup.exitCode()).as(setup.err()).isZero();
        return environment;
    }

    private static void publish(String database, int events) {
        execute(
                database,
                "INSERT INTO outboxevent SELECT gen_random_uuid(), 'order', i::text, 'Placed', now(), '{}' "
                        + "FROM generate_series(1, " + events + ") i");
    }

    @Test
    void explainsItselfAndItsExitCodes() throws Exception {
        CommandProcess help = CommandProcess.run(Map.of(), "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("stream", "drain", "setup", "status", "doctor")
                .contains("Exit codes", "75", "78");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"stream", "drain", "setup", "status", "doctor", "backfill", "reconcile", "parked", "release"})
    void explainsEachCommand(String command) throws Exception {
        CommandProcess help = CommandProcess.run(Map.of(), command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: walpost " + command);
    }

    @Test
    void refusesWhatItDoesNotKnowWithASuggestion() throws Exception {
        CommandProcess command = CommandProcess.run(Map.of(), "statsu");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("walpost status");
        CommandProcess option = CommandProcess.run(Map.of(), "status", "--jsn");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("--json").doesNotContain("\tat ");
        CommandProcess value = CommandProcess.run(Map.of(), "drain", "--timeout", "soon");
        assertThat(value.exitCode()).isEqualTo(2);
        assertThat(value.err()).contains("'soon' is no duration, as in 90s");
        assertThat(value.out()).isEmpty();
    }

    @Test
    void setsADatabaseUpOnceAndSaysSoTheSecondTime() throws Exception {
        Map<String, String> environment = environment("fresh");
        CommandProcess doctor = CommandProcess.run(environment, "doctor", "--json");
        assertThat(doctor.exitCode()).isEqualTo(78);
        assertThat(doctor.json().getBoolean("passed")).isFalse();

        CommandProcess first = CommandProcess.run(asAdmin(environment), "setup", "--create-role", "--json");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(states(first)).containsEntry("role relay_fresh", "made").containsEntry("slot fresh", "made");
        CommandProcess second = CommandProcess.run(asAdmin(environment), "setup", "--json");
        assertThat(second.exitCode()).isZero();
        assertThat(states(second).values()).containsOnly("present");

        CommandProcess after = CommandProcess.run(environment, "doctor");
        assertThat(after.exitCode()).as(after.out()).isZero();
        assertThat(after.out()).contains("The relay can work.", "max_slot_wal_keep_size is not set");
        assertThat(first.out() + first.err() + second.out() + after.out()).doesNotContain(PASSWORD);

        KAFKA.createTopic("outbox.event.fresh", 1);
        environment.put("KAFKA_BATCH_SIZE", "50000000");
        CommandProcess large = CommandProcess.run(environment, "doctor");
        assertThat(large.exitCode()).isEqualTo(78);
        assertThat(large.out()).contains("outbox.event.fresh takes batches of at most", "set kafka.batch.size");
    }

    private static Map<String, String> states(CommandProcess setup) {
        Map<String, String> states = new HashMap<>();
        for (JsonObject step : setup.json().getJsonArray("steps").getValuesAs(JsonObject.class)) {
            states.put(step.getString("subject"), step.getString("state"));
        }
        return states;
    }

    @Test
    void printsTheSqlWithoutADatabaseToAsk() throws Exception {
        Map<String, String> environment = new HashMap<>(environment("asked"));
        environment.put("WALPOST_RELAY_POSTGRES_URL", "jdbc:postgresql://nowhere.invalid/shop");
        environment.put("WALPOST_RELAY_TABLES", "public.outboxevent,shop.outbox");
        CommandProcess script = CommandProcess.run(environment, "setup", "--sql", "--create-role", "--backfill");
        assertThat(script.exitCode()).isZero();
        assertThat(script.out())
                .containsSubsequence(
                        "CREATE ROLE relay_asked LOGIN REPLICATION;",
                        "GRANT CONNECT ON DATABASE shop TO relay_asked;",
                        "GRANT SELECT ON shop.outbox TO relay_asked;",
                        "CREATE PUBLICATION walpost FOR TABLE public.outboxevent, shop.outbox WITH (publish = 'insert',"
                                + " publish_via_partition_root = true);",
                        "SELECT pg_create_logical_replication_slot('asked', 'pgoutput', failover => true);")
                .doesNotContain(PASSWORD);
        CommandProcess withoutAdmin = CommandProcess.run(environment, "setup");
        assertThat(withoutAdmin.exitCode()).isEqualTo(2);
        assertThat(withoutAdmin.err()).contains("--admin-user", "--sql");
    }

    @Test
    void drainsToWhatIsCommittedAndReports() throws Exception {
        Map<String, String> environment = prepared("drained");
        publish("drained", 1_000);
        CommandProcess drain = CommandProcess.run(environment, "drain", "--json", "--timeout", "60s");
        assertThat(drain.exitCode()).as(drain.err()).isZero();
        JsonObject report = drain.json();
        assertThat(report.getBoolean("reached")).isTrue();
        assertThat(report.getInt("events")).isEqualTo(1_000);
        assertThat(report.getInt("bytes")).isPositive();
        Lsn target = Lsn.parse(report.getString("targetLsn"));
        assertThat(Lsn.parse(report.getString("fromLsn"))).isLessThan(target);
        assertThat(Lsn.parse(report.getString("toLsn"))).isGreaterThanOrEqualTo(target);

        JsonObject status = CommandProcess.run(environment, "status", "--json").json();
        assertThat(Lsn.parse(status.getString("confirmedLsn"))).isGreaterThanOrEqualTo(target);
        assertThat(status.getString("verdict")).isEqualTo("within-budget");
        assertThat(status.getBoolean("active")).isFalse();
        assertThat(status.get("safeBytes")).isEqualTo(JsonValue.NULL);

        CommandProcess again = CommandProcess.run(environment, "drain");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("Drained slot drained", "events  0");
    }

    @Test
    void givesADrainUpWhenItsTimeIsOver() throws Exception {
        Map<String, String> environment = prepared("slow");
        publish("slow", 1);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("WALPOST_RELAY_DRAIN_TIMEOUT", "1s");
        CommandProcess drain = CommandProcess.run(environment, "drain", "--timeout", "3s", "--json");
        assertThat(drain.exitCode()).isEqualTo(75);
        assertThat(drain.json().getBoolean("reached")).isFalse();
        assertThat(drain.json().getInt("events")).isZero();
    }

    @Test
    void leavesTheSlotToTheRelayThatReadsIt() throws Exception {
        Map<String, String> environment = prepared("held");
        try (RelayProcess relay = new RelayProcess(environment)) {
            relay.awaitReady();
            CommandProcess drain = CommandProcess.run(environment, "drain", "--json");
            assertThat(drain.exitCode()).isEqualTo(75);
            assertThat(drain.json().getJsonObject("error").getString("kind")).isEqualTo("slot-busy");
            assertThat(CommandProcess.run(environment, "status").out()).contains("read by    a relay");
        }
    }

    @Test
    void tellsByItsExitCodeHowTheSlotIs() throws Exception {
        Map<String, String> environment = prepared("watched");
        publish("watched", 2_000);
        environment.put("WALPOST_RELAY_WAL_BUDGET", "10K");
        CommandProcess over = CommandProcess.run(environment, "status");
        assertThat(over.exitCode()).isEqualTo(3);
        assertThat(over.out()).contains("over budget", "walpost.relay.wal-budget is 10 kB");

        execute("watched", "SELECT pg_drop_replication_slot('watched')");
        CommandProcess missing = CommandProcess.run(environment, "status", "--json");
        assertThat(missing.exitCode()).isEqualTo(78);
        assertThat(missing.json().getJsonObject("error").getString("kind")).isEqualTo("precondition");

        environment.put("WALPOST_RELAY_POSTGRES_PASSWORD", "not-" + PASSWORD);
        assertThat(CommandProcess.run(environment, "status").exitCode()).isEqualTo(77);
        environment.put("WALPOST_RELAY_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/none");
        CommandProcess away = CommandProcess.run(environment, "status");
        assertThat(away.exitCode()).isEqualTo(69);
        assertThat(away.err()).doesNotContain("\tat ").doesNotContain(PASSWORD);
        environment.put("WALPOST_RELAY_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/no/url?password=" + PASSWORD);
        CommandProcess unreadable = CommandProcess.run(environment, "status");
        assertThat(unreadable.exitCode()).isEqualTo(78);
        assertThat(unreadable.out() + unreadable.err())
                .contains("walpost.relay.postgres.url")
                .doesNotContain(PASSWORD);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() throws Exception {
        Map<String, String> environment = environment("sick");
        execute("sick", "CREATE ROLE relay_sick LOGIN PASSWORD '" + PASSWORD + "'");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("WALPOST_RELAY_SLOTS", "x");
        CommandProcess doctor = CommandProcess.run(environment, "doctor", "--json");
        assertThat(doctor.exitCode()).isEqualTo(78);
        List<JsonObject> checks = doctor.json().getJsonArray("checks").getValuesAs(JsonObject.class);
        assertThat(checks)
                .filteredOn(check -> !check.getBoolean("passed"))
                .extracting(check -> check.getString("subject"))
                .containsExactly("server", "replication", "publication", "slot", "brokers");
        assertThat(doctor.out())
                .contains("WALPOST_RELAY_SLOT?")
                .contains("ALTER ROLE relay_sick REPLICATION;")
                .contains("CREATE PUBLICATION walpost");
    }

    @Test
    void drainsInGoodOrderWhenItIsToldToEnd() throws Exception {
        Map<String, String> environment = prepared("stopped");
        publish("stopped", 1);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("WALPOST_RELAY_DRAIN_TIMEOUT", "1s");
        try (RelayProcess drain = new RelayProcess(environment, "drain")) {
            await().atMost(PATIENCE).until(() -> drain.log().contains("Draining slot stopped"));
            await().atMost(PATIENCE).until(() -> "t"
                    .equals(query(
                            "SELECT active::text::char FROM pg_replication_slots" + " WHERE slot_name = 'stopped'")));
            assertThat(drain.terminate()).isEqualTo(143);
            assertThat(drain.log()).contains("Slot stopped is not drained").doesNotContain("\tat ");
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        POSTGRES.jdbcUrl("postgres"), POSTGRES.user(), POSTGRES.password());
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
