package io.walpost.consumer.testing;

import io.walpost.localstack.LocalPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A consumer's own database on a server. A function does not migrate it: whoever deploys it does. */
public final class ConsumerDatabase {

    private final LocalPostgres server;
    private final String name;

    public ConsumerDatabase(LocalPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Makes it, with its tables. The server must run.
     *
     * @param migrations Flyway's locations, as in the settings of the service
     */
    public void create(String... migrations) {
        server.createDatabase(name);
        Flyway.configure()
                .dataSource(server.jdbcUrl(name), server.user(), server.password())
                .locations(migrations)
                .load()
                .migrate();
    }

    /** A consumer's settings, as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", server.jdbcUrl(name),
                "QUARKUS_DATASOURCE_USERNAME", server.user(),
                "QUARKUS_DATASOURCE_PASSWORD", server.password());
    }

    public Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(name));
        source.setUser(server.user());
        source.setPassword(server.password());
        return source.getConnection();
    }

    public int count(String from) throws SQLException {
        return Integer.parseInt(texts("SELECT count(*) FROM " + from).getFirst());
    }

    /** The first column of each row. */
    public List<String> texts(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Holds what a statement locks, as somebody else's session may, until the connection is closed. */
    public Connection holding(String sql) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    /** How many sessions wait for what another one holds. */
    public int waiting() throws SQLException {
        return count("pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
    }
}
