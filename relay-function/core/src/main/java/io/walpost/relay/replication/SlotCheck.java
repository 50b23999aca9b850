package io.walpost.relay.replication;

import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The slot: that it is there, is of the right kind, and still has its log. */
final class SlotCheck {

    private static final String QUERY = """
            SELECT slot_type, plugin, database, database = current_database() AS here
              FROM pg_replication_slots WHERE slot_name = ?
            """;

    private SlotCheck() {}

    /** @param memory of this process: a slot that is gone after it was read takes events with it */
    static List<Finding> findings(Connection connection, PostgresSettings settings, SlotMemory memory)
            throws SQLException, RelayException {
        String slot = settings.slot();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    if (memory.hasRead()) {
                        throw memory.dropped(ServerIdentity.of(settings)).failure();
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
            }
        }
        Optional<SlotStatus> lost = SlotQuery.read(connection, slot).filter(SlotStatus::isLost);
        if (lost.isPresent()) {
            throw memory.ifLost(lost.get()).failure();
        }
        return List.of();
    }
}
