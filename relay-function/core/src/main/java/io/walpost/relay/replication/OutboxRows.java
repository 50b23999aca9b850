package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.TupleData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a selection, as the table had them when this was opened, in the order of their keys. Over an ordinary
 * connection of its own; owned by one thread.
 *
 * <p>The server sorts the keys once and keeps them in a cursor that outlives its transaction, so nothing is locked and no
 * snapshot is held however slowly the rows are read. A row is read by its id when it is asked for.
 */
public final class OutboxRows implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRows.class);

    private static final String CURSOR = "walpost_rows";

    /** Longer than the server takes to flush what was committed without waiting for it, by its defaults. */
    private static final long FLUSH_LIMIT = TimeUnit.SECONDS.toNanos(2);

    private static final long FLUSH_POLL = TimeUnit.MILLISECONDS.toNanos(20);

    private final PostgresSettings settings;
    private final Connection connection;
    private final StoredTable table;
    private final SelectionSummary summary;

    private OutboxRows(PostgresSettings settings, Connection connection, StoredTable table, SelectionSummary summary) {
        this.settings = settings;
        this.connection = connection;
        this.table = table;
        this.summary = summary;
    }

    /**
     * @param after the row behind which to begin; null to begin at the beginning
     * @throws RelayException of kind {@code PRECONDITION} with the mend if the role may not read the table
     */
    public static OutboxRows open(PostgresSettings settings, TableName name, RowSelection selection, RowKey after)
            throws RelayException {
        Connection connection = null;
        try {
            connection = PgConnections.forReading(settings);
            StoredTable table = StoredTable.find(connection, name, settings.user());
            if (!table.idIsIndexed()) {
                LOG.warn(
                        "No index of {} begins with the id, so each page reads the whole table. This would help: "
                                + "CREATE INDEX CONCURRENTLY ON {} (id);",
                        name,
                        name.quoted());
            }
            SelectionSql where = new SelectionSql(table, selection, after);
            connection.setAutoCommit(false);
            SelectionSummary summary = summarize(connection, table, where);
            declare(connection, table, where);
            connection.commit();
            connection.setAutoCommit(true);
            return new OutboxRows(settings, connection, table, summary);
        } catch (SQLException e) {
            PgReplicationStream.closeQuietly(connection);
            throw SqlFailure.of(e, "Reading " + name, settings);
        } catch (RelayException e) {
            PgReplicationStream.closeQuietly(connection);
            throw e;
        }
    }

    /** In the snapshot of the cursor, because the session's transactions are REPEATABLE READ. */
    private static SelectionSummary summarize(Connection connection, StoredTable table, SelectionSql where)
            throws SQLException {
        String time = table.hasTime() ? "\"timestamp\"::timestamptz" : "NULL::timestamptz";
        String finite = " FILTER (WHERE isfinite(" + time + "))";
        try (PreparedStatement statement = where.prepare(
                        connection,
                        "SELECT count(*), min(" + time + ")" + finite + ", max(" + time + ")" + finite
                                + ", array_agg(DISTINCT aggregatetype::text) FROM "
                                + table.name().quoted(),
                        "");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new SelectionSummary(
                    row.getLong(1),
                    instant(row.getObject(2, OffsetDateTime.class)),
                    instant(row.getObject(3, OffsetDateTime.class)),
                    row.getArray(4) == null
                            ? Set.of()
                            : Set.copyOf(
                                    Arrays.asList((String[]) row.getArray(4).getArray())));
        }
    }

    private static Optional<Instant> instant(OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static void declare(Connection connection, StoredTable table, SelectionSql where) throws SQLException {
        String order = SelectionSql.order(table);
        try (PreparedStatement statement = where.prepare(
                connection,
                "DECLARE " + CURSOR + " SCROLL CURSOR WITH HOLD FOR SELECT " + order + "::text, id, "
                        + table.sizeExpression() + " FROM " + table.name().quoted(),
                " ORDER BY " + order + ", id")) {
            statement.execute();
        }
    }

    /** The table's columns, as the stream would describe them. */
    public Relation relation() {
        return table.relation();
    }

    public SelectionSummary summary() {
        return summary;
    }

    /** The next rows of the selection; fewer than asked for only at its end, and none behind it. */
    public List<SelectedRow> next(int count) throws RelayException {
        List<SelectedRow> selected = new ArrayList<>(count);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("FETCH FORWARD " + count + " FROM " + CURSOR)) {
            while (row.next()) {
                RowKey key = new RowKey(row.getString(1), row.getObject(2, UUID.class));
                selected.add(new SelectedRow(key, row.getLong(3)));
            }
            return selected;
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Reading " + table.name(), settings);
        }
    }

    /** Goes to behind the first {@code rows} of the selection. */
    public void seek(long rows) throws RelayException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("MOVE ABSOLUTE " + rows + " FROM " + CURSOR);
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Reading " + table.name(), settings);
        }
    }

    /** Reads rows, in the order of the keys; leaves out those that have been deleted since. */
    public List<StoredRow> read(List<RowKey> keys) throws RelayException {
        Map<UUID, TupleData> found = HashMap.newHashMap(keys.size());
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT " + table.selectList() + " FROM " + table.name().quoted() + " WHERE id = ANY (?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", keys.stream().map(RowKey::id).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(table.idColumn() + 1, UUID.class), values(row));
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Reading " + table.name(), settings);
        }
        return keys.stream()
                .filter(key -> found.containsKey(key.id()))
                .map(key -> new StoredRow(key, found.get(key.id())))
                .toList();
    }

    private TupleData values(ResultSet row) throws SQLException {
        List<byte[]> values = new ArrayList<>();
        for (int i = 1; i <= table.relation().columns().size(); i++) {
            values.add(row.getBytes(i));
        }
        return TupleData.of(values);
    }

    /**
     * A position of the log behind the commits of all rows of the selection, flushed, so that a relay can reach it.
     */
    public Lsn logEnd() throws RelayException {
        try {
            // A commit that did not wait for its flush is visible before it is flushed.
            Lsn written = lsn("SELECT pg_current_wal_insert_lsn()");
            long deadline = System.nanoTime() + FLUSH_LIMIT;
            Lsn flushed = lsn("SELECT pg_current_wal_flush_lsn()");
            while (written.isAfter(flushed) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(FLUSH_POLL);
                flushed = lsn("SELECT pg_current_wal_flush_lsn()");
            }
            return flushed;
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Asking for the end of the log", settings);
        }
    }

    private Lsn lsn(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return Lsn.parse(row.getString(1));
        }
    }

    @Override
    public void close() {
        PgReplicationStream.closeQuietly(connection);
    }
}
