package io.walpost.bench.site;

import io.walpost.localstack.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A database that belongs to one run of a consumer function: its dead letters, and whatever else it keeps there. */
public final class FunctionDatabase {

    private static final int ROWS_AT_ONCE = 10_000;

    private static final String LETTERS =
            "SELECT failure, count(*) FROM walpost_dead_letter WHERE resolved_at IS NULL GROUP BY failure";

    private final LocalPostgres server;
    private final String name;

    FunctionDatabase(LocalPostgres server, String name) {
        this.server = server;
        this.name = name;
        server.createDatabase(name);
    }

    /** The function's settings by which it finds the database, as environment variables. */
    public Map<String, String> settings() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", server.jdbcUrl(name),
                "QUARKUS_DATASOURCE_USERNAME", server.user(),
                "QUARKUS_DATASOURCE_PASSWORD", server.password());
    }

    /** How many letters there are, by the kind of failure. */
    public Map<String, Integer> letters() {
        Map<String, Integer> letters = new HashMap<>();
        read(LETTERS, row -> letters.put(row.getString(1), row.getInt(2)));
        return letters;
    }

    /** Hands over the rows of a query, without keeping them. */
    public void read(String sql, RowReader reader) {
        try (Connection connection =
                DriverManager.getConnection(server.jdbcUrl(name), server.user(), server.password())) {
            // Only within a transaction does the driver fetch some rows at a time.
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(ROWS_AT_ONCE);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        reader.read(row);
                    }
                }
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new BenchException("The database " + name + " refuses: " + e.getMessage(), e);
        }
    }

    /** Removes it, with whoever is connected. */
    public void drop() {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
                Statement drop = connection.createStatement()) {
            drop.execute("DROP DATABASE \"" + name + "\" WITH (FORCE)");
            drop.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new BenchException("The database " + name + " cannot be dropped: " + e.getMessage(), e);
        }
    }

    /** Takes in a row. */
    @FunctionalInterface
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
