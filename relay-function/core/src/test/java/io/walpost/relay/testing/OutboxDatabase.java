package io.walpost.relay.testing;

import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.Lsn;
import io.walpost.relay.capture.HeaderColumn;
import io.walpost.relay.replication.PasswordSource;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for one test, with the outbox table and, unless told otherwise, publication and slot. */
public final class OutboxDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Started once: a server that a test has killed stays down until the test starts it again. */
    private final LocalPostgres postgres;

    private final String url;
    private final String name;

    private OutboxDatabase(LocalPostgres postgres) {
        this.postgres = postgres;
        this.name = "relay_" + COUNT.incrementAndGet();
        this.url = postgres.jdbcUrl(name);
        postgres.createDatabase(name);
    }

    private OutboxDatabase(LocalPostgres postgres, String name, String url) {
        this.postgres = postgres;
        this.name = name;
        this.url = url;
    }

    /** A database with nothing in it. */
    public static OutboxDatabase bare() {
        return new OutboxDatabase(RealSystems.postgres());
    }

    /** A database that is ready for the relay. */
    public static OutboxDatabase prepared() {
        return on(RealSystems.postgres(), false);
    }

    /**
     * A database that is ready for the relay, on a server of the test's own.
     *
     * @param failover whether the server's standbys keep the slot, too
     */
    public static OutboxDatabase on(LocalPostgres postgres, boolean failover) {
        OutboxDatabase database = new OutboxDatabase(postgres);
        database.execute(
                """
                CREATE TABLE outboxevent (
                  id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """,
                "CREATE TABLE other (id bigint GENERATED ALWAYS AS IDENTITY, body text)",
                "CREATE PUBLICATION walpost FOR TABLE outboxevent WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('" + database.slot() + "', 'pgoutput', failover => "
                        + failover + ")");
        return database;
    }

    /** The same database, at another URL. */
    public OutboxDatabase at(String otherUrl) {
        return new OutboxDatabase(postgres, name, otherUrl);
    }

    public String name() {
        return name;
    }

    /** Slots are named per cluster, so each database has its own. */
    public String slot() {
        return name;
    }

    public PostgresSettings settings() {
        return settings(postgres.user());
    }

    public PostgresSettings settings(String role) {
        return settings(url, role, postgres.password(), slot());
    }

    /** Those of a database that another process has prepared. */
    public static PostgresSettings settings(String url, String role, String password, String slot) {
        return new PostgresSettings(
                url,
                role,
                password,
                slot,
                "walpost",
                List.of(TableName.parse("public.outboxevent")),
                Duration.ofSeconds(40));
    }

    /**
     * Settings that capture more or other than the usual table.
     *
     * @param tables each as schema.table
     * @param headers each as column or column:header
     */
    public PostgresSettings capturing(List<String> tables, Optional<String> messagePrefix, List<String> headers) {
        return new PostgresSettings(
                postgres.jdbcUrl(name),
                postgres.user(),
                PasswordSource.of(postgres.password()),
                slot(),
                "walpost",
                tables.stream().map(TableName::parse).toList(),
                messagePrefix,
                headers.stream().map(HeaderColumn::parse).toList(),
                Duration.ofSeconds(40));
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, postgres.user(), postgres.password());
    }

    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row as text; null if there is no row. */
    public String query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commits one event. */
    public void publish(String aggregateType, String aggregateId, String payload) {
        try (Connection connection = connect()) {
            insert(connection, aggregateType, aggregateId, payload);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes one event on the connection, in its transaction. */
    public static void insert(Connection connection, String aggregateType, String aggregateId, String payload)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO outboxevent VALUES (?, ?, ?, 'Happened', now(), ?)")) {
            statement.setObject(1, UUID.randomUUID());
            statement.setString(2, aggregateType);
            statement.setString(3, aggregateId);
            statement.setString(4, payload);
            statement.executeUpdate();
        }
    }

    public Lsn confirmedFlushLsn() {
        return Lsn.parse(
                query("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + slot() + "'"));
    }

    public Lsn currentLsn() {
        return Lsn.parse(query("SELECT pg_current_wal_flush_lsn()"));
    }

    /** The process that sends the slot's log; null if nobody reads it. */
    public String walsender() {
        return query("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + slot() + "'");
    }

    /** Drops the slot, of which a server has only so many. */
    @Override
    public void close() {
        execute(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + slot() + "'",
                // The slot is free once that process has noticed.
                """
                DO $$ BEGIN
                  FOR attempt IN 1..100 LOOP
                    BEGIN
                      PERFORM pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%s';
                      RETURN;
                    EXCEPTION WHEN object_in_use THEN
                      PERFORM pg_sleep(0.1);
                    END;
                  END LOOP;
                END $$
                """.formatted(slot()));
    }
}
