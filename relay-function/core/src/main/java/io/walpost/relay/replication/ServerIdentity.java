package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which server it is, and what its log is ({@code IDENTIFY_SYSTEM} in "Streaming Replication Protocol").
 *
 * @param walEnd how far the server's log is flushed
 */
record ServerIdentity(WalHistory history, Lsn walEnd) {

    /** Asked on a connection for replication of its own. */
    static ServerIdentity of(PostgresSettings settings) throws SQLException, RelayException {
        try (Connection replication = PgConnections.forReplication(settings)) {
            return of(replication);
        }
    }

    static ServerIdentity of(Connection replication) throws SQLException, RelayException {
        try (Statement statement = replication.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            String systemId = row.getString("systemid");
            int timeline = row.getInt("timeline");
            Lsn walEnd = Lsn.parse(row.getString("xlogpos"));
            return new ServerIdentity(
                    new WalHistory(
                            systemId, timeline, TimelineHistory.ancestors(replication, timeline), walEnd.value()),
                    walEnd);
        }
    }
}
