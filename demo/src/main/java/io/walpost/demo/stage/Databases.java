package io.walpost.demo.stage;

import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.OutboxColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases of the two services, and what a database administrator prepares for the relay. */
public final class Databases {

    static final String ORDERS = "orders";
    static final String BILLING = "billing";
    static final String RELAY_ROLE = "walpost_relay";
    static final String PUBLICATION = "walpost";
    static final String TABLE = "public." + OutboxColumns.DEFAULT_TABLE;

    /** The relay's slot. */
    public static final String SLOT = "walpost";

    /** Of every role of the demo: the server listens on loopback only. */
    static final String PASSWORD = "walpost-demo";

    private final LocalPostgres server;

    Databases(LocalPostgres server) {
        this.server = server;
    }

    /** Two databases, each owned by the role of its service. */
    void create() {
        for (String name : List.of(ORDERS, BILLING)) {
            server.createDatabase(name);
            execute(
                    name,
                    "CREATE ROLE " + name + " LOGIN PASSWORD '" + PASSWORD + "'",
                    "ALTER DATABASE " + name + " OWNER TO " + name,
                    "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
        }
    }

    /**
     * Role, publication and slot of the relay. The outbox table must exist. The relay may read the log of the orders'
     * database and nothing else: it has no right on any table.
     */
    void prepareForRelay() {
        execute(
                ORDERS,
                "CREATE ROLE " + RELAY_ROLE + " LOGIN REPLICATION PASSWORD '" + PASSWORD + "'",
                "GRANT CONNECT ON DATABASE " + ORDERS + " TO " + RELAY_ROLE,
                "CREATE PUBLICATION " + PUBLICATION + " FOR TABLE " + TABLE + " WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
    }

    String ordersUrl() {
        return server.jdbcUrl(ORDERS);
    }

    String billingUrl() {
        return server.jdbcUrl(BILLING);
    }

    /** A connection to the order service's database, for looking at it as its administrator. */
    public Connection connectToOrders() throws SQLException {
        return connect(ORDERS);
    }

    /** A connection to billing's database, for looking at it as its administrator. */
    public Connection connectToBilling() throws SQLException {
        return connect(BILLING);
    }

    private void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new DemoException("Cannot prepare the database " + database + ": " + e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(database));
        source.setUser(server.user());
        source.setPassword(server.password());
        return source.getConnection();
    }
}
