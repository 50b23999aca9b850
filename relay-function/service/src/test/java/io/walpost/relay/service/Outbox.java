package io.walpost.relay.service;

import io.walpost.localstack.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** An outbox of its own in a database that many share; table, publication, slot and aggregate type have its name. */
record Outbox(LocalPostgres server, String name) {

    private static final String DATABASE = "postgres";

    static Outbox in(LocalPostgres server, String name) {
        Outbox outbox = new Outbox(server, name);
        outbox.execute(
                "CREATE TABLE " + name + " (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),"
                        + " aggregatetype varchar(255) NOT NULL DEFAULT '" + name
                        + "', aggregateid varchar(255) NOT NULL,"
                        + " type varchar(255) NOT NULL DEFAULT 'Placed', timestamp timestamptz NOT NULL DEFAULT now(),"
                        + " payload text DEFAULT '{}', tracingspancontext varchar(256))",
                "CREATE PUBLICATION " + name + " FOR TABLE " + name + " WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')",
                "CREATE TABLE beginning_of_" + name + " AS SELECT confirmed_flush_lsn FROM pg_replication_slots"
                        + " WHERE slot_name = '" + name + "'");
        return outbox;
    }

    /** What the relay needs to read it. */
    Map<String, String> environment() {
        return Map.of(
                "WALPOST_RELAY_POSTGRES_URL",
                server.jdbcUrl(DATABASE),
                "WALPOST_RELAY_POSTGRES_USER",
                server.user(),
                "WALPOST_RELAY_POSTGRES_PASSWORD",
                server.password(),
                "WALPOST_RELAY_TABLES",
                "public." + name,
                "WALPOST_RELAY_PUBLICATION",
                name,
                "WALPOST_RELAY_SLOT",
                name);
    }

    String topic() {
        return "outbox.event." + name;
    }

    /** In one transaction. */
    void publish(int events) {
        execute("INSERT INTO " + name + " (aggregateid) SELECT i::text FROM generate_series(1, " + events + ") i");
    }

    /** Each in a transaction of its own. */
    void publishInTransactions(int events) {
        execute(
                "SET synchronous_commit = off",
                "DO $$ BEGIN FOR i IN 1.." + events + " LOOP INSERT INTO " + name
                        + " (aggregateid) VALUES (i::text); COMMIT; END LOOP; END $$",
                // Written to disk now, and all before it.
                "SET synchronous_commit = on",
                "CREATE TABLE end_of_" + name + " ()");
    }

    /** Whether the slot has got anywhere since it was made. */
    boolean isConfirmed() {
        return ask("SELECT s.confirmed_flush_lsn > b.confirmed_flush_lsn FROM pg_replication_slots s, beginning_of_"
                + name + " b WHERE slot_name = '" + name + "'");
    }

    /** Whether a relay reads the slot at this moment. */
    boolean isRead() {
        return ask("SELECT active FROM pg_replication_slots WHERE slot_name = '" + name + "'");
    }

    private boolean ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(DATABASE), server.user(), server.password());
    }
}
