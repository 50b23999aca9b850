package io.walpost.demo.stage;

import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.OutboxColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases of order service and consumers, and what a database administrator prepares for the relay. */
public final class Databases {

    static final String ORDERS = "orders";
    static final String RELAY_ROLE = "walpost_relay";
    static final String PUBLICATION = "walpost";
    static final String TABLE = "public." + OutboxColumns.DEFAULT_TABLE;

    /** The relay's slot. */
    public static final String SLOT = "walpost";

    /** Of every role of the demo: the server listens on loopback only. */
    static final String PASSWORD = "walpost-demo";

    private final Servers servers;

    Databases(Servers servers) {
        this.servers = servers;
    }

    /** A database for the order service and for each of the consumers, owned by its role. */
    void create(Set<ConsumerFunction> functions) {
        create(ORDERS);
        functions.stream().map(ConsumerFunction::database).forEach(this::create);
    }

    private void create(String name) {
        server(name).createDatabase(name);
        execute(
                name,
                "CREATE ROLE " + name + " LOGIN PASSWORD '" + PASSWORD + "'",
                "ALTER DATABASE " + name + " OWNER TO " + name,
                "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
    }

    private LocalPostgres server(String database) {
        return database.equals(ConsumerFunction.BILLING.database()) ? servers.billingPostgres() : servers.postgres();
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

    /** The order service's. */
    public String ordersUrl() {
        return url(ORDERS);
    }

    /** A consumer's. */
    public String url(ConsumerFunction function) {
        return url(function.database());
    }

    private String url(String database) {
        return server(database).jdbcUrl(database);
    }

    /** A connection to the order service's database, for looking at it as its administrator. */
    public Connection connectToOrders() throws SQLException {
        return connect(ORDERS);
    }

    /** A connection to a consumer's database, for looking at it as its administrator. */
    public Connection connectTo(ConsumerFunction function) throws SQLException {
        return connect(function.database());
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
        LocalPostgres server = server(database);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(database));
        source.setUser(server.user());
        source.setPassword(server.password());
        return source.getConnection();
    }
}
