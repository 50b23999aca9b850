package io.walpost.relay.lambda;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.walpost.outbox.Lsn;
import io.walpost.relay.runtime.RelayConfig;
import io.walpost.relay.runtime.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own with an outbox, publication and slot, and the topic that its events go to. */
final class Outbox implements AutoCloseable {

    static final int AGGREGATES = 20;
    static final int PARTITIONS = 3;

    private static final String KAFKA = "kafka.";
    private static final int ANY_ORDINAL = 100;
    private static final AtomicInteger COUNT = new AtomicInteger();

    final String name = "lambda_" + COUNT.incrementAndGet();
    final String topic = "outbox.event." + name;

    /** How many sessions this class has had in the database. */
    private int ownSessions;

    /** Prepared for the relay, unless it is to find that it is not. */
    Outbox() {
        Servers.postgres().createDatabase(name);
        Servers.kafka().createTopic(topic, PARTITIONS);
        execute(
                """
                CREATE TABLE outboxevent (
                  id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """,
                "CREATE TABLE other (body text)",
                "CREATE PUBLICATION walpost FOR TABLE outboxevent WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    void execute(String... statements) {
        Servers.execute(name, statements);
        ownSessions++;
    }

    /** Commits events numbered so, each with its number as payload, ten in a transaction. */
    void publish(int first, int count) {
        execute("""
                DO $$ BEGIN
                  FOR i IN %d..%d LOOP
                    INSERT INTO outboxevent VALUES
                      (gen_random_uuid(), '%s', (i %% %d)::text, 'Placed', clock_timestamp(), i::text);
                    IF i %% 10 = 9 THEN COMMIT; END IF;
                  END LOOP;
                END $$
                """.formatted(first, first + count - 1, name, AGGREGATES));
    }

    void publishInOneTransaction(int count) {
        execute("""
                INSERT INTO outboxevent
                SELECT gen_random_uuid(), '%s', (i %% %d)::text, 'Placed', clock_timestamp(), i::text
                FROM generate_series(0, %d) i
                """.formatted(name, AGGREGATES, count - 1));
    }

    /** Writes that no event is among, of other tables and of nobody's. */
    void writeElsewhere(int bytes) {
        execute(
                "INSERT INTO other VALUES ('something')",
                "SELECT pg_logical_emit_message(true, 'elsewhere', repeat('x', " + bytes + "))");
    }

    /** The first column of the first row, asked in another database, so as to be no session of this one. */
    static String query(String sql) throws SQLException {
        try (Connection connection = Servers.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    Lsn confirmed() throws SQLException {
        return Lsn.parse(
                query("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + name + "'"));
    }

    boolean isRead() throws SQLException {
        return "t".equals(query("SELECT active FROM pg_replication_slots WHERE slot_name = '" + name + "'"));
    }

    /** How many sessions other than this class's the database has had, streams apart; a session is counted at its end. */
    long sessionsOfOthers() throws SQLException {
        return Long.parseLong(query("SELECT sessions FROM pg_stat_database WHERE datname = '" + name + "'"))
                - ownSessions;
    }

    /** Ends the connections of all relays. */
    void disconnect() throws SQLException {
        query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '" + name
                + "' AND application_name = 'walpost-relay'");
    }

    /**
     * What a relay in this JVM needs to know.
     *
     * @param properties those beside, and instead of, what every relay needs; as name=value
     */
    Settings settings(String... properties) {
        Map<String, String> relay = new HashMap<>(Map.of(
                "walpost.relay.postgres.url",
                Servers.postgres().jdbcUrl(name),
                "walpost.relay.postgres.user",
                Servers.ROLE,
                "walpost.relay.postgres.password",
                Servers.PASSWORD,
                "walpost.relay.slot",
                name));
        Map<String, String> kafka =
                new HashMap<>(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()));
        for (String property : properties) {
            String[] parts = property.split("=", 2);
            if (parts[0].startsWith(KAFKA)) {
                kafka.put(parts[0].substring(KAFKA.length()), parts[1]);
            } else {
                relay.put(parts[0], parts[1]);
            }
        }
        RelayConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RelayConfig.class)
                .withSources(new PropertiesConfigSource(relay, "test", ANY_ORDINAL))
                .build()
                .getConfigMapping(RelayConfig.class);
        return Settings.of(config, kafka);
    }

    /** What a function needs to know. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("WALPOST_RELAY_POSTGRES_URL", Servers.postgres().jdbcUrl(name));
        environment.put("WALPOST_RELAY_POSTGRES_USER", Servers.ROLE);
        environment.put("WALPOST_RELAY_POSTGRES_PASSWORD", Servers.PASSWORD);
        environment.put("WALPOST_RELAY_SLOT", name);
        environment.put("WALPOST_RELAY_LAMBDA_DEADLINE_MARGIN", "3s");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", Servers.kafka().bootstrapServers());
        return environment;
    }

    /** Drops the slot, of which a server has only so many. */
    @Override
    public void close() throws Exception {
        Servers.postgres();
        disconnect();
        for (int attempt = 0; isRead() && attempt < 100; attempt++) {
            query("SELECT pg_sleep(0.1)");
        }
        query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + name + "'");
    }
}
