package io.walpost.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged relay, whose role's password is in Secrets Manager and is changed under it. */
@Timeout(300)
class CredentialRotationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SECRET = "orders/relay";
    private static final String TOPIC = "outbox.event.rotation";
    private static final int KEYS = 10;

    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();
    private static final SecretsManagerServer SECRETS = new SecretsManagerServer();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws SQLException {
        POSTGRES.start();
        KAFKA.start();
        KAFKA.createTopic(TOPIC, 3);
        execute(
                """
                CREATE TABLE outboxevent (
                  id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """,
                "CREATE PUBLICATION walpost FOR TABLE outboxevent WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('walpost', 'pgoutput')",
                "CREATE ROLE relay LOGIN REPLICATION");
    }

    @AfterAll
    static void stop() {
        SECRETS.close();
        KAFKA.close();
        POSTGRES.close();
    }

    @BeforeEach
    void setFirstPassword() throws SQLException {
        setPassword("first-password");
        SECRETS.put(SECRET, json("first-password"));
    }

    @Test
    void losesNothingWhileThePasswordIsRotatedUnderLoad() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                CommittedTopic topic = new CommittedTopic(KAFKA.bootstrapServers(), TOPIC, 3);
                RelayProcess relay = new RelayProcess(environment())) {
            Future<Integer> writer = threads.submit(() -> write(enough));
            try {
                // Which publishes before it answers.
                relay.awaitReady();
                awaitMore(topic);

                SECRETS.stage(SECRET, json("second-password"));
                setPassword("second-password");
                awaitMore(topic);
                assertThat(reconnects(relay))
                        .as("the stream goes on with the password that it began with")
                        .isZero();

                cutConnections();
                awaitMore(topic);
                assertThat(SECRETS.requests())
                        .as("the database has the new password, and the secret calls it pending")
                        .anyMatch(request -> request.stage().equals("AWSPENDING"));
                SECRETS.finish(SECRET);
                awaitMore(topic);

                setPassword("third-password");
                SECRETS.put(SECRET, json("third-password"));
                cutConnections();
                awaitMore(topic);
                assertThat(reconnects(relay)).isGreaterThanOrEqualTo(2);
            } finally {
                enough.set(true);
            }
            int transactions = writer.get();
            await().atMost(PATIENCE).until(() -> {
                topic.ids();
                return topic.payloads().values().stream().mapToInt(List::size).sum() >= KEYS * transactions;
            });

            List<String> inOrder = IntStream.rangeClosed(1, transactions)
                    .mapToObj(String::valueOf)
                    .toList();
            assertThat(topic.payloads()).hasSize(KEYS).allSatisfy((key, payloads) -> assertThat(payloads)
                    .as("events of %s", key)
                    .isEqualTo(inOrder));
            assertThat(relay.get("/q/health").body() + relay.get("/q/metrics").body())
                    .doesNotContain("-password");
            assertThat(relay.terminate()).as(relay.log()).isEqualTo(143);
            assertThat(relay.log()).doesNotContain("-password", SecretsManagerServer.SECRET_KEY);
        }
    }

    @Test
    void saysWhyTheSecretCannotBeHad() throws Exception {
        Map<String, String> environment = environment();
        environment.put("WALPOST_RELAY_POSTGRES_SECRET", "orders/nobody");
        assertEnds(environment, 77, "The secret orders/nobody does not exist");

        SECRETS.put(SECRET, "{\"username\":\"relay_clone\",\"password\":\"first-password\"}");
        assertEnds(environment(), 78, "for the role relay_clone, and walpost.relay.postgres.user is relay");

        SECRETS.put(SECRET, json("another-password"));
        assertEnds(environment(), 77, "password authentication failed");
    }

    @Test
    void refusesTokensWithoutTls() throws Exception {
        Map<String, String> environment = environment();
        environment.put("WALPOST_RELAY_POSTGRES_LOGIN", "iam");
        environment.remove("WALPOST_RELAY_POSTGRES_SECRET");
        assertEnds(environment, 78, "walpost.relay.postgres.url: IAM database authentication needs TLS");
    }

    @Test
    void loadsNothingOfAwsForAPassword() throws Exception {
        Path classes = folder.resolve("classes.log");
        Map<String, String> environment = environment();
        environment.put("WALPOST_RELAY_POSTGRES_LOGIN", "password");
        environment.remove("WALPOST_RELAY_POSTGRES_SECRET");
        environment.put("WALPOST_RELAY_POSTGRES_PASSWORD", "first-password");
        environment.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);

        CommandProcess status = CommandProcess.run(environment, "status", "--json");

        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(Files.readString(classes))
                .contains("io.walpost.relay.runtime.Login ")
                .doesNotContain("software.amazon", "io.walpost.aws");
    }

    private static void assertEnds(Map<String, String> environment, int exitCode, String sentence) throws Exception {
        CommandProcess status = CommandProcess.run(environment, "status");
        assertThat(status.exitCode()).as(status.err()).isEqualTo(exitCode);
        assertThat(status.err()).contains(sentence).doesNotContain("-password");
        assertThat(status.out()).doesNotContain("-password");
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(SECRETS.environment());
        environment.put("WALPOST_RELAY_POSTGRES_URL", POSTGRES.jdbcUrl("postgres"));
        environment.put("WALPOST_RELAY_POSTGRES_USER", "relay");
        environment.put("WALPOST_RELAY_POSTGRES_LOGIN", "secret");
        environment.put("WALPOST_RELAY_POSTGRES_SECRET", SECRET);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", KAFKA.bootstrapServers());
        return environment;
    }

    /** Something that was written from now on has arrived. */
    private static void awaitMore(CommittedTopic topic) throws SQLException {
        String now;
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(payload::int), 0) + 1 FROM outboxevent")) {
            row.next();
            now = row.getString(1);
        }
        await().atMost(PATIENCE).until(() -> {
            topic.ids();
            return topic.payloads().values().stream().anyMatch(payloads -> payloads.contains(now));
        });
    }

    /** Transactions of an event for each key, whose payload is the transaction's number. */
    private static int write(AtomicBoolean enough) throws SQLException {
        int transactions = 0;
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO outboxevent SELECT"
                        + " gen_random_uuid(), 'rotation', i::text, 'Placed', now(), ? FROM generate_series(1, " + KEYS
                        + ") i");
                Statement pause = connection.createStatement()) {
            while (!enough.get()) {
                transactions++;
                insert.setString(1, String.valueOf(transactions));
                insert.execute();
                pause.execute("SELECT pg_sleep(0.01)");
            }
        }
        return transactions;
    }

    private static double reconnects(RelayProcess relay) {
        return relay.metric("walpost_relay_reconnects_total");
    }

    private static void cutConnections() throws SQLException {
        execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'relay'");
    }

    private static void setPassword(String password) throws SQLException {
        execute("ALTER ROLE relay PASSWORD '" + password + "'");
    }

    private static String json(String password) {
        return "{\"engine\":\"postgres\",\"username\":\"relay\",\"password\":\"" + password + "\"}";
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(POSTGRES.jdbcUrl("postgres"), POSTGRES.user(), POSTGRES.password());
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
