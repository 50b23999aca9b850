package io.walpost.relay.replication;

import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which database it is, whatever the name of its host: a promoted standby is the same one.
 *
 * @param systemId the cluster's identifier
 * @param name the database's
 */
public record DatabaseIdentity(String systemId, String name) {

    /** Asks the server. */
    public static DatabaseIdentity of(PostgresSettings settings) throws RelayException {
        try (Connection connection = PgConnections.forSql(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT system_identifier, current_database() FROM pg_control_system()")) {
            row.next();
            return new DatabaseIdentity(row.getString(1), row.getString(2));
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Asking for the database's identity", settings);
        }
    }
}
