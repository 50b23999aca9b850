package io.walpost.relay.replication;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Makes connections for SQL and for replication, with the same URL, role and TLS settings. */
final class PgConnections {

    private static final String APPLICATION_NAME = "walpost-relay";
    private static final int CONNECT_TIMEOUT_SECONDS = 10;

    static {
        // A service that shades or isolates its jars may not have had the driver loaded for it.
        if (!Driver.isRegistered()) {
            try {
                Driver.register();
            } catch (SQLException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    private PgConnections() {}

    static Connection forSql(PostgresSettings settings) throws SQLException, RelayException {
        return connect(settings, common(settings));
    }

    static Connection forReplication(PostgresSettings settings) throws SQLException, RelayException {
        Properties properties = common(settings);
        PGProperty.REPLICATION.set(properties, "database");
        // A walsender answers only the simple query protocol.
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        return connect(settings, properties);
    }

    /**
     * For reading rows as the stream has them: every value as the text that its type writes, in the formats that the
     * stream's session asks for. A query may take as long as it takes, and nothing is left out unseen.
     */
    static Connection forReading(PostgresSettings settings) throws SQLException, RelayException {
        Properties properties = common(settings);
        PGProperty.BINARY_TRANSFER.set(properties, false);
        PGProperty.SOCKET_TIMEOUT.set(properties, 0);
        Connection connection = connect(settings, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET datestyle = 'ISO'");
            statement.execute("SET timezone = 'UTC'");
            statement.execute("SET bytea_output = 'hex'");
            statement.execute("SET statement_timeout = 0");
            statement.execute("SET idle_session_timeout = 0");
            // An error instead of fewer rows, if a policy on the table hides some.
            statement.execute("SET row_security = off");
            statement.execute("SET default_transaction_isolation = 'repeatable read'");
            return connection;
        } catch (SQLException e) {
            PgReplicationStream.closeQuietly(connection);
            throw e;
        }
    }

    /** A password that is refused may have been changed meanwhile; it is asked for again, once. */
    private static Connection connect(PostgresSettings settings, Properties properties)
            throws SQLException, RelayException {
        String password = settings.password().password();
        try {
            return connect(settings, properties, password);
        } catch (SQLException e) {
            if (SqlFailure.kindOf(e) != FailureKind.AUTHENTICATION) {
                throw e;
            }
            Optional<String> other = settings.password().insteadOf(password);
            if (other.isEmpty()) {
                throw e;
            }
            return connect(settings, properties, other.get());
        }
    }

    private static Connection connect(PostgresSettings settings, Properties properties, String password)
            throws SQLException {
        if (!password.isEmpty()) {
            PGProperty.PASSWORD.set(properties, password);
        }
        return DriverManager.getConnection(settings.url(), properties);
    }

    private static Properties common(PostgresSettings settings) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, settings.user());
        PGProperty.APPLICATION_NAME.set(properties, APPLICATION_NAME);
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_TIMEOUT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_TIMEOUT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(
                properties, Math.toIntExact(settings.timeout().toSeconds()));
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // Of several hosts, the one that can be written: a slot of the same name on a standby is not this slot.
        PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
        return properties;
    }
}
