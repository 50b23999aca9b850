package io.walpost.relay.replication;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The server's version and settings, and the role's rights. */
final class ServerCheck {

    private static final int MIN_VERSION = 140_000;

    /** On Amazon RDS nobody has REPLICATION; membership in rds_replication stands for it. */
    private static final String QUERY = """
            SELECT current_setting('server_version_num')::int AS version,
                   current_setting('server_version') AS version_name,
                   current_setting('wal_level') AS wal_level,
                   pg_is_in_recovery() AS standby,
                   current_user AS role,
                   (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_sender_timeout') AS sender_timeout,
                   EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND (rolreplication OR rolsuper))
                     OR EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication'
                                  AND pg_has_role(current_user, oid, 'member')) AS may_replicate
            """;

    private ServerCheck() {}

    static List<Finding> findings(Connection connection, PostgresSettings settings)
            throws SQLException, RelayException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            if (row.getBoolean("standby")) {
                throw new RelayException(
                        FailureKind.DATABASE_UNAVAILABLE,
                        "The server is a standby; the relay of slot " + settings.slot() + " waits for a primary");
            }
            List<Finding> findings = new ArrayList<>();
            if (row.getInt("version") < MIN_VERSION) {
                findings.add(Finding.blocking(
                        "PostgreSQL is of version " + row.getString("version_name") + "; the relay needs 14 or newer.",
                        "-- upgrade the server"));
            }
            if (!"logical".equals(row.getString("wal_level"))) {
                findings.add(walLevel(row.getString("wal_level")));
            }
            if (!row.getBoolean("may_replicate")) {
                String role = Sql.identifier(row.getString("role"));
                findings.add(Finding.blocking(
                        "The role " + role + " may not use replication.",
                        "ALTER ROLE " + role + " REPLICATION; -- on Amazon RDS: GRANT rds_replication TO " + role
                                + ";"));
            }
            long senderTimeout = row.getLong("sender_timeout");
            if (senderTimeout == 0 || senderTimeout >= 2 * settings.timeout().toMillis()) {
                findings.add(Finding.advice(
                        "wal_sender_timeout is " + senderTimeout + " ms. While the server decodes a long transaction of"
                                + " other tables it answers only every half of that (with 0, not at all), and the relay"
                                + " gives up on a server that is silent for walpost.relay.postgres.timeout.",
                        "ALTER SYSTEM SET wal_sender_timeout = '60s'; -- or raise walpost.relay.postgres.timeout"));
            }
            return findings;
        }
    }

    static Finding walLevel(String found) {
        return Finding.blocking(
                "wal_level is '" + found + "', so the log does not hold what a logical slot reads.",
                "ALTER SYSTEM SET wal_level = logical; -- then restart the server; "
                        + "on Amazon RDS: rds.logical_replication = 1");
    }
}
