package io.walpost.billing.lambda;

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

/** A database of its own on a server, with billing's tables. A function does not migrate: whoever deploys it does. */
final class BillingDatabase {

    private final LocalPostgres server;
    private final String name;

    BillingDatabase(LocalPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    /** The server must run. */
    void create() {
        server.createDatabase(name);
        Flyway.configure()
                .dataSource(server.jdbcUrl(name), server.user(), server.password())
                .locations("db/migration", "db/walpost-inbox", "db/walpost-dead-letters")
                .load()
                .migrate();
    }

    /** The function's settings. */
    Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", server.jdbcUrl(name),
                "QUARKUS_DATASOURCE_USERNAME", server.user(),
                "QUARKUS_DATASOURCE_PASSWORD", server.password());
    }

    Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(name));
        source.setUser(server.user());
        source.setPassword(server.password());
        return source.getConnection();
    }

    int count(String from) throws SQLException {
        return Integer.parseInt(texts("SELECT count(*) FROM " + from).getFirst());
    }

    /** The first column of each row. */
    List<String> texts(String query) throws SQLException {
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

    /** Holds the invoice of an order, as an accountant's session may, until the connection is closed. */
    Connection lockInvoice(long orderId) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT FROM invoice WHERE order_id = " + orderId + " FOR UPDATE");
        }
        return connection;
    }
}
