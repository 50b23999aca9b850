package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Asks the server about a slot, over a connection of its own that it keeps. Owned by one thread. */
public final class SlotInspector implements AutoCloseable {

    private static final String QUERY = """
            SELECT pg_current_wal_lsn()::text AS current, confirmed_flush_lsn::text AS confirmed, active,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint AS lag,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint AS retained
              FROM pg_replication_slots WHERE slot_name = ? AND confirmed_flush_lsn IS NOT NULL
            """;

    private final PostgresSettings settings;
    private Connection connection;

    public SlotInspector(PostgresSettings settings) {
        this.settings = settings;
    }

    /** @throws RelayException if the server cannot be asked, or has no such slot; the next call connects anew */
    public SlotStatus inspect() throws RelayException {
        try {
            if (connection == null) {
                connection = PgConnections.forSql(settings);
            }
            return query();
        } catch (SQLException e) {
            close();
            throw SqlFailure.of(e, "Inspecting the slot", settings);
        }
    }

    private SlotStatus query() throws SQLException, RelayException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, settings.slot());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new RelayException(
                            FailureKind.PRECONDITION, "The replication slot " + settings.slot() + " does not exist");
                }
                return new SlotStatus(
                        Lsn.parse(row.getString("current")),
                        Lsn.parse(row.getString("confirmed")),
                        row.getLong("lag"),
                        row.getLong("retained"),
                        row.getBoolean("active"));
            }
        }
    }

    @Override
    public void close() {
        PgReplicationStream.closeQuietly(connection);
        connection = null;
    }
}
