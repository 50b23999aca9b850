package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The slot: that it is there, is of the right kind, and still has its log. */
final class SlotCheck {

    private static final String QUERY = """
            SELECT slot_type, plugin, database, wal_status, confirmed_flush_lsn::text AS confirmed,
                   database = current_database() AS here
              FROM pg_replication_slots WHERE slot_name = ?
            """;

    private SlotCheck() {}

    /** @param resume how far this process has come: a slot that is gone after that takes events with it */
    static List<Finding> findings(Connection connection, PostgresSettings settings, ResumePoint resume)
            throws SQLException, RelayException {
        String slot = settings.slot();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    if (!resume.isNone()) {
                        throw new RelayException(
                                FailureKind.SLOT_LOST,
                                "The replication slot " + slot + " is gone; what was committed after "
                                        + new Lsn(resume.flushed()) + " is not published");
                    }
                    return List.of(Finding.blocking(
                            "The replication slot " + slot + " does not exist.",
                            "SELECT pg_create_logical_replication_slot(" + Sql.literal(slot) + ", 'pgoutput');"
                                    + " -- only what is committed from then on is published"));
                }
                if (!"logical".equals(row.getString("slot_type")) || !"pgoutput".equals(row.getString("plugin"))) {
                    return List.of(Finding.blocking(
                            "The replication slot " + slot + " is not a logical slot with the plugin pgoutput.",
                            "-- choose another name for walpost.relay.slot, or drop that slot if nobody needs it"));
                }
                if (!row.getBoolean("here")) {
                    return List.of(Finding.blocking(
                            "The replication slot " + slot + " belongs to the database " + row.getString("database")
                                    + ".",
                            "-- name that database in walpost.relay.postgres.url, or choose another slot"));
                }
                if ("lost".equals(row.getString("wal_status"))) {
                    throw new RelayException(
                            FailureKind.SLOT_LOST,
                            "The server has removed log that the slot " + slot + " needs: everything after "
                                    + row.getString("confirmed"));
                }
                return List.of();
            }
        }
    }
}
