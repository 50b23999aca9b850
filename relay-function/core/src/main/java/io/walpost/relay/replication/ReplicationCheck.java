package io.walpost.relay.replication;

import io.walpost.relay.failure.Examination;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Whether the server admits a replication connection, which {@code pg_hba.conf} and {@code max_wal_senders} decide. */
final class ReplicationCheck {

    private static final String SUBJECT = "replication";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private ReplicationCheck() {}

    static Examination examine(PostgresSettings settings) throws RelayException {
        try (Connection connection = PgConnections.forReplication(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new Examination(
                    SUBJECT,
                    "admitted; the log of timeline " + row.getInt("timeline") + " ends at " + row.getString("xlogpos"),
                    List.of());
        } catch (SQLException e) {
            return new Examination(SUBJECT, "refused", List.of(finding(e, settings)));
        }
    }

    private static Finding finding(SQLException cause, PostgresSettings settings) {
        String problem = SqlFailure.of(cause, "Opening a replication connection", settings)
                .getMessage();
        if (TOO_MANY_CONNECTIONS.equals(cause.getSQLState())) {
            return Finding.blocking(
                    problem, "ALTER SYSTEM SET max_wal_senders = …; -- above what is in use; then restart the server");
        }
        if (SqlFailure.kindOf(cause) == FailureKind.AUTHENTICATION
                || SqlFailure.kindOf(cause) == FailureKind.PRECONDITION) {
            return Finding.blocking(
                    problem,
                    "-- in pg_hba.conf, then SELECT pg_reload_conf():\nhost " + Sql.identifier(settings.database())
                            + " "
                            + Sql.identifier(settings.user()) + " <address of the relay>/32 scram-sha-256\n"
                            + "-- and, if the role lacks it:\nALTER ROLE " + Sql.identifier(settings.user())
                            + " REPLICATION;");
        }
        return Finding.blocking(problem, "-- can the relay's machine reach the server's port?");
    }
}
