package io.walpost.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code parked} and {@code release} of the packaged relay, beside a relay that runs and beside none. */
class ParkedCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MARK = "payload-4711";
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

    /** A database that is ready, whose relay has topics of its own for what it sets aside. */
    private static Map<String, String> prepared(String database) throws Exception {
        POSTGRES.createDatabase(database);
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE outboxevent (
                      id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                      type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                      tracingspancontext varchar(256))
                    """);
        }
        Map<String, String> environment = new HashMap<>(Map.of(
                "WALPOST_RELAY_POSTGRES_URL",
                POSTGRES.jdbcUrl(database),
                "WALPOST_RELAY_POSTGRES_USER",
                "relay_" + database,
                "WALPOST_RELAY_POSTGRES_PASSWORD",
                "s3cr3t",
                "WALPOST_RELAY_SLOT",
                database,
                "WALPOST_RELAY_PARKED_TOPIC",
                database + ".parked",
                "WALPOST_RELAY_DEAD_LETTER_TOPIC",
                database + ".dead-letter",
                "KAFKA_BOOTSTRAP_SERVERS",
                KAFKA.bootstrapServers(),
                "WALPOST_ADMIN_USER",
                POSTGRES.user(),
                "WALPOST_ADMIN_PASSWORD",
                POSTGRES.password()));
        CommandProcess setup = CommandProcess.run(environment, "setup", "--create-role");
        assertThat(setup.exitCode()).as(setup.err()).isZero();
        return environment;
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(POSTGRES.jdbcUrl(database), POSTGRES.user(), POSTGRES.password());
    }

    /** Commits one event, and returns its id. */
    private static String write(String database, String aggregateType, String key, String payload) throws SQLException {
        String id = UUID.randomUUID().toString();
        try (Connection connection = connect(database);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO outboxevent VALUES (?::uuid, ?, ?, 'Placed', now(), ?, NULL)")) {
            insert.setString(1, id);
            insert.setString(2, aggregateType);
            insert.setString(3, key);
            insert.setString(4, payload);
            insert.executeUpdate();
        }
        return id;
    }

    private static void awaitDeadLetters(RelayProcess relay, String kind, double count) {
        await().atMost(PATIENCE)
                .until(() -> relay.metric("walpost_relay_dead_letters_total{kind=\"" + kind + "\"}") == count);
    }

    private static JsonObject onlyOne(CommandProcess command, String list) {
        List<JsonObject> items = command.json().getJsonArray(list).getValuesAs(JsonObject.class);
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    @Test
    void listsAKeyAndReleasesItWithoutTheEventsThatNoTopicTakes() throws Exception {
        Map<String, String> environment = prepared("unroutable");
        CommandProcess none = CommandProcess.run(environment, "parked", "--json");
        assertThat(none.exitCode()).as(none.err()).isZero();
        assertThat(none.json().getJsonArray("parked")).isEmpty();
        assertThat(CommandProcess.run(environment, "release", "--all").exitCode())
                .as("all of none")
                .isZero();
        try (RelayProcess relay = new RelayProcess(environment)) {
            relay.awaitReady();
            String first = write("unroutable", "two words", "7", MARK);
            String second = write("unroutable", "two words", "7", MARK);
            awaitDeadLetters(relay, "unroutable", 2);

            CommandProcess parked = CommandProcess.run(environment, "parked", "--json");
            assertThat(parked.exitCode()).as(parked.err()).isEqualTo(3);
            JsonObject key = onlyOne(parked, "parked");
            assertThat(key.getString("topic")).isEqualTo("two words");
            assertThat(key.getString("key")).isEqualTo("7");
            assertThat(key.getString("eventId")).isEqualTo(first);
            assertThat(key.getString("kind")).isEqualTo("unroutable");
            assertThat(key.getInt("waiting")).isEqualTo(2);
            CommandProcess inWords = CommandProcess.run(environment, "parked");
            assertThat(inWords.out()).contains("Key 7 of topic two words", first, "2 events");
            assertThat(inWords.out() + inWords.err() + relay.log()).doesNotContain(MARK);

            CommandProcess refused =
                    CommandProcess.run(environment, "release", "--event", first, "--skip", first, "--json");
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
            assertThat(onlyOne(refused, "keys").getString("outcome")).isEqualTo("refused");
            assertThat(onlyOne(refused, "keys").getString("eventId")).isEqualTo(second);
            assertThat(CommandProcess.run(environment, "release", "--topic", "two words", "--key", "8")
                            .exitCode())
                    .as("a key that is not parked")
                    .isEqualTo(3);

            CommandProcess released = CommandProcess.run(
                    environment, "release", "--event", first, "--skip", first, "--skip", second, "--json");
            assertThat(released.exitCode()).as(released.err()).isZero();
            assertThat(onlyOne(released, "keys").getString("outcome")).isEqualTo("released");
            assertThat(onlyOne(released, "keys").getInt("republished")).isZero();
            assertThat(CommandProcess.run(environment, "parked").out()).isEqualTo("No key is parked.\n");
        }
    }

    @Test
    void publishesTheEventsOfAKeyInOrderWhichTheNextRelayLetsGo() throws Exception {
        Map<String, String> environment = prepared("large");
        environment.put("KAFKA_MAX_REQUEST_SIZE", "20000");
        String large;
        String later;
        try (RelayProcess relay = new RelayProcess(environment)) {
            relay.awaitReady();
            large = write("large", "large", "7", MARK.repeat(5_000));
            later = write("large", "large", "7", MARK);
            awaitDeadLetters(relay, "follows-parked", 1);
            assertThat(relay.terminate()).isEqualTo(143);
        }
        CommandProcess unanswered = CommandProcess.run(
                environment, "release", "--topic", "outbox.event.large", "--key", "7", "--timeout", "1s", "--json");
        assertThat(unanswered.exitCode()).as("no relay runs").isEqualTo(75);
        assertThat(onlyOne(unanswered, "keys").getString("outcome")).isEqualTo("not-answered");
        assertThat(onlyOne(unanswered, "keys").getInt("republished")).isEqualTo(2);

        try (RelayProcess relay = new RelayProcess(environment);
                CommittedTopic topic = new CommittedTopic(KAFKA.bootstrapServers(), "outbox.event.large", 1)) {
            relay.awaitReady();
            await().atMost(PATIENCE).until(() -> relay.metric("walpost_relay_parked_keys") == 0);
            String afterwards = write("large", "large", "7", MARK);
            await().atMost(PATIENCE).until(() -> topic.ids().contains(afterwards));
            assertThat(topic.ids()).containsExactly(large, later, afterwards);
        }
    }

    @Test
    void refusesAReleaseThatNamesNoKey() throws Exception {
        for (String[] wrong :
                new String[][] {{"release"}, {"release", "--topic", "t"}, {"release", "--all", "--event", "e"}}) {
            CommandProcess command = CommandProcess.run(Map.of(), wrong);
            assertThat(command.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(command.out()).isEmpty();
            assertThat(command.err()).contains("See walpost release --help").doesNotContain("\tat ");
        }
    }
}
