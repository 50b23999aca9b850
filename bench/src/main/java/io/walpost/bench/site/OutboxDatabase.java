package io.walpost.bench.site;

import io.walpost.bench.orders.OrderEvent;
import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.OutboxColumns;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The outbox, its publication and slots. */
public final class OutboxDatabase {

    public static final String NAME = "bench";
    public static final String PUBLICATION = "walpost";
    public static final String TABLE = "public." + OutboxColumns.DEFAULT_TABLE;

    private static final String PLUGIN = "pgoutput";

    private final LocalPostgres server;

    private OutboxDatabase(LocalPostgres server) {
        this.server = server;
    }

    static OutboxDatabase create(LocalPostgres server) {
        server.createDatabase(NAME);
        OutboxDatabase database = new OutboxDatabase(server);
        // Checkpoints and vacuum come when the benchmark says, and not in the middle of one contender's turn.
        database.execute("ALTER SYSTEM SET max_wal_size = '16GB'");
        database.execute("ALTER SYSTEM SET checkpoint_timeout = '1h'");
        database.execute("ALTER SYSTEM SET autovacuum = off");
        database.execute("SELECT pg_reload_conf()");
        database.execute("""
                CREATE TABLE outboxevent (
                  id uuid NOT NULL PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256))
                """);
        database.execute("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE " + TABLE + " WITH (publish = 'insert')");
        database.execute(Payload.FUNCTION);
        database.execute("""
                CREATE PROCEDURE bench_fill(
                  kind text, events bigint, rows_per_transaction bigint, size integer, writing text)
                LANGUAGE plpgsql AS $$
                DECLARE next bigint := 0;
                BEGIN
                  WHILE next < events LOOP
                    IF writing = 'ROWS' THEN
                      INSERT INTO outboxevent
                        SELECT gen_random_uuid(), kind, (i % 1000)::text, 'Placed', clock_timestamp(),
                               bench_payload(i, size), NULL
                        FROM generate_series(next, least(next + rows_per_transaction, events) - 1) i;
                    ELSE
                      PERFORM pg_logical_emit_message(true, 'outbox', convert_to(json_build_object(
                          'id', gen_random_uuid(), 'aggregatetype', kind, 'aggregateid', (i % 1000)::text,
                          'type', 'Placed', 'timestamp', to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                          'payload', bench_payload(i, size))::text, 'UTF8'))
                        FROM generate_series(next, least(next + rows_per_transaction, events) - 1) i;
                    END IF;
                    COMMIT;
                    next := next + rows_per_transaction;
                  END LOOP;
                END $$
                """);
        return database;
    }

    public String jdbcUrl() {
        return server.jdbcUrl(NAME);
    }

    public int port() {
        return server.port();
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /** Commits a backlog of the aggregate type, numbered from 0. */
    public void fill(String aggregateType, Backlog backlog) {
        try (Connection connection = connect()) {
            try (Statement statement = connection.createStatement()) {
                // What is in the log is the same; only its writing does not wait for the disk at every commit.
                statement.execute("SET synchronous_commit = off");
            }
            try (CallableStatement fill = connection.prepareCall("CALL bench_fill(?, ?, ?, ?, ?)")) {
                fill.setString(1, aggregateType);
                fill.setLong(2, backlog.events());
                fill.setLong(3, backlog.rowsPerTransaction());
                fill.setInt(4, backlog.payloadBytes());
                fill.setString(5, backlog.writing().name());
                fill.execute();
            }
        } catch (SQLException e) {
            throw new BenchException("Cannot write the backlog: " + e.getMessage(), e);
        }
        execute("CHECKPOINT");
    }

    /** When the transactions of order events were committed, in microseconds since the epoch, by the events' numbers. */
    public Map<Integer, Long> committedAt() {
        Map<Integer, Long> times = new HashMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id, extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000 FROM outboxevent")) {
            while (row.next()) {
                times.put(
                        OrderEvent.number(row.getObject(1, UUID.class)),
                        row.getBigDecimal(2).longValue());
            }
        } catch (SQLException e) {
            throw new BenchException("The database refuses: " + e.getMessage(), e);
        }
        return times;
    }

    /** Removes all rows. */
    public void clear() {
        execute("TRUNCATE outboxevent");
        execute("CHECKPOINT");
    }

    public void createSlot(String slot) {
        call("SELECT pg_create_logical_replication_slot(?, '" + PLUGIN + "')", slot);
    }

    /** Another slot that stands where the first one does, so that each contender reads the same log. */
    public void copySlot(String from, String to) {
        call("SELECT pg_copy_logical_replication_slot(?, ?)", from, to);
    }

    /** Drops a slot, when its reader has gone. */
    public void dropSlot(String slot) {
        call("""
                SELECT pg_terminate_backend(active_pid, 5000)
                FROM pg_replication_slots WHERE slot_name = ? AND active_pid IS NOT NULL
                """, slot);
        call("SELECT pg_drop_replication_slot(?)", slot);
    }

    private void call(String sql, String... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new BenchException("The database refuses: " + e.getMessage(), e);
        }
    }

    private void execute(String sql) {
        call(sql);
    }
}
