package io.walpost.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backfill} and {@code reconcile} of the packaged relay, as somebody at a terminal runs them. */
class BackfillCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "s3cr3t-relay";
    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();

    @TempDir
    private Path folder;

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

    private static void prepare(String database, int rows) {
        POSTGRES.createDatabase(database);
        execute(
                database,
                """
                CREATE TABLE outboxevent (
                  id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """,
                "INSERT INTO outboxevent SELECT gen_random_uuid(), '" + database + "', i::text, 'Placed', now(), '{}'"
                        + " FROM generate_series(1, " + rows + ") i");
    }

    private Process command(String database, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(RelayProcess.java().stream(), Stream.of(arguments))
                        .toList())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment()
                .putAll(Map.of(
                        "WALPOST_RELAY_POSTGRES_URL",
                        POSTGRES.jdbcUrl(database),
                        "WALPOST_RELAY_POSTGRES_USER",
                        "relay",
                        "WALPOST_RELAY_POSTGRES_PASSWORD",
                        PASSWORD,
                        "WALPOST_RELAY_SLOT",
                        database,
                        "KAFKA_BOOTSTRAP_SERVERS",
                        KAFKA.bootstrapServers()));
        return builder.start();
    }

    private int run(String database, String... arguments) throws IOException, InterruptedException {
        Process process = command(database, arguments);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(List.of(arguments) + " does not end:\n" + out() + err());
        }
        return process.exitValue();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private JsonObject json() throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(out()))) {
            return reader.readObject();
        }
    }

    @Test
    void reconcilesAsSoonAsItMayReadTheTable() throws Exception {
        prepare("reconciled", 500);
        assertThat(run("reconciled", "reconcile", "--no-wait")).isEqualTo(78);
        String grant = err().lines()
                .filter(line -> line.contains("GRANT SELECT"))
                .findFirst()
                .orElseThrow();
        execute("reconciled", grant);
        assertThat(run("reconciled", "reconcile")).as("nobody reads a slot").isEqualTo(78);
        assertThat(err()).contains("--no-wait");
        assertThat(run("reconciled", "reconcile", "--no-wait", "--dry-run", "--json"))
                .isEqualTo(3);
        assertThat(json().getInt("missing")).isEqualTo(500);
        assertThat(json().getJsonArray("examples")).hasSize(10);
        assertThat(run("reconciled", "reconcile", "--no-wait")).as(err()).isZero();
        assertThat(out()).startsWith("Nothing is missing any more").contains("published  500");
        assertThat(run("reconciled", "reconcile", "--no-wait", "--json")).isZero();
        assertThat(json().getInt("present")).isEqualTo(500);
        assertThat(json().getInt("missing")).isZero();
    }

    @Test
    void endsInOrderWhenItIsToldToAndSaysHowToGoOn() throws Exception {
        prepare("continued", 3_000);
        execute("continued", "GRANT SELECT ON outboxevent TO relay");
        Process process = command(
                "continued", "backfill", "--name", "november", "--aggregate-type", "continued", "--rate", "200");
        await().atMost(PATIENCE).until(() -> err().contains(" published, "));
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(out()).startsWith("Backfill november is not complete");
        String command = "walpost backfill --name november --aggregate-type 'continued' --rate '200'";
        assertThat(err()).contains("To continue: " + command);
        assertThat(run("continued", "backfill", "--name", "november", "--aggregate-type", "continued", "--json"))
                .as(err())
                .isZero();
        assertThat(json().getBoolean("complete")).isTrue();
        assertThat(json().getInt("publishedBefore")).isBetween(1, 2_999);
        assertThat(json().getInt("publishedBefore") + json().getInt("published"))
                .isEqualTo(3_000);
    }

    @Test
    void explainsAWrongSelection() throws Exception {
        prepare("mistaken", 1);
        assertThat(run("mistaken", "backfill", "--since", "2026-11-20T08:00:00"))
                .isEqualTo(2);
        assertThat(err()).contains("is no time with a zone");
        assertThat(run("mistaken", "backfill", "--table", "public.other", "--json"))
                .isEqualTo(78);
        assertThat(json().getJsonObject("error").getString("message")).contains("public.outboxevent");
        assertThat(run("mistaken", "backfill", "--rate", "-1")).isEqualTo(78);
    }
}
