package io.walpost.localstack;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** What the local stack itself asks of a PostgreSQL server. */
final class PostgresClient {

    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final int TIMEOUT_SECONDS = 10;
    private static final int PROMOTION_SECONDS = 60;

    private final LocalPostgres server;

    PostgresClient(LocalPostgres server) {
        this.server = server;
    }

    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    void createDatabase(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + quoted(name));
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new LocalStackException("Cannot create the database " + name + ": " + e.getMessage(), e);
            }
        }
    }

    /** Waits until the server is a primary. */
    void promote() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 2_000 * PROMOTION_SECONDS);
            try (ResultSet row = statement.executeQuery("SELECT pg_promote(true, " + PROMOTION_SECONDS + ")")) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new LocalStackException("The standby on port " + server.port() + " is no primary after "
                            + PROMOTION_SECONDS + " s; see its log.");
                }
            }
        } catch (SQLException e) {
            throw new LocalStackException(
                    "Cannot promote the server on port " + server.port() + ": " + e.getMessage(), e);
        }
    }

    /** {@code Statement.enquoteIdentifier} refuses a name that contains quotes itself. */
    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Not through {@code DriverManager}, which does not see a driver that another class loader registered. */
    Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(MAINTENANCE_DATABASE));
        source.setUser(server.user());
        source.setPassword(server.password());
        source.setConnectTimeout(TIMEOUT_SECONDS);
        source.setSocketTimeout(TIMEOUT_SECONDS);
        return source.getConnection();
    }
}
