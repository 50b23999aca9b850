package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one row of {@code pg_replication_slots}, of whatever version the server is. */
final class SlotQuery {

    private static final int HAS_FAILOVER_SLOTS = 17;

    private static final String QUERY = """
            SELECT pg_current_wal_lsn()::text AS current, confirmed_flush_lsn::text AS confirmed, active, wal_status,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint AS lag,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint AS retained, safe_wal_size, %s
              FROM pg_replication_slots WHERE slot_name = ? AND confirmed_flush_lsn IS NOT NULL
            """;

    private static final String NEWER = QUERY.formatted("inactive_since, invalidation_reason, failover");
    private static final String OLDER = QUERY.formatted(
            "NULL::timestamptz AS inactive_since, NULL::text AS invalidation_reason, false AS failover");

    private SlotQuery() {}

    /** Empty if there is no logical slot of that name. */
    static Optional<SlotStatus> read(Connection connection, String slot) throws SQLException {
        boolean newer = connection.getMetaData().getDatabaseMajorVersion() >= HAS_FAILOVER_SLOTS;
        try (PreparedStatement statement = connection.prepareStatement(newer ? NEWER : OLDER)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(status(row)) : Optional.empty();
            }
        }
    }

    private static SlotStatus status(ResultSet row) throws SQLException {
        return new SlotStatus(
                Lsn.parse(row.getString("current")),
                Lsn.parse(row.getString("confirmed")),
                row.getLong("lag"),
                number(row, "retained"),
                number(row, "safe_wal_size"),
                // None while a slot is being made: its log is there.
                Optional.ofNullable(row.getString("wal_status"))
                        .map(WalStatus::parse)
                        .orElse(WalStatus.RESERVED),
                row.getBoolean("active"),
                Optional.ofNullable(row.getObject("inactive_since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("invalidation_reason")),
                row.getBoolean("failover"));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        Long value = row.getObject(column, Long.class);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
