package io.walpost.relay.replication;

import io.walpost.outbox.OutboxColumns;
import io.walpost.relay.failure.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The outbox tables: that they are there, and have the columns of the wire contract. */
final class TableCheck {

    private static final List<String> REQUIRED = List.of(
            OutboxColumns.ID,
            OutboxColumns.AGGREGATE_TYPE,
            OutboxColumns.AGGREGATE_ID,
            OutboxColumns.TYPE,
            OutboxColumns.PAYLOAD);

    private static final String QUERY = """
            SELECT a.attname
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            """;

    private TableCheck() {}

    static List<Finding> findings(Connection connection, PostgresSettings settings) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (TableName table : settings.tables()) {
            Set<String> columns = columns(connection, table);
            if (columns.isEmpty()) {
                findings.add(Finding.blocking("The outbox table " + table + " does not exist.", create(table)));
                continue;
            }
            List<String> missing =
                    REQUIRED.stream().filter(name -> !columns.contains(name)).toList();
            if (!missing.isEmpty()) {
                findings.add(Finding.blocking(
                        "The outbox table " + table + " lacks the columns " + String.join(", ", missing) + ".",
                        "-- as it should be:\n" + create(table)));
            }
        }
        return findings;
    }

    private static Set<String> columns(Connection connection, TableName table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(String.valueOf(rows.getString(1)));
                }
            }
        }
        return columns;
    }

    private static String create(TableName table) {
        return """
               CREATE TABLE %s (
                 id uuid PRIMARY KEY,
                 aggregatetype varchar(255) NOT NULL,
                 aggregateid varchar(255) NOT NULL,
                 type varchar(255) NOT NULL,
                 timestamp timestamptz NOT NULL,
                 payload text,
                 tracingspancontext varchar(256)
               );""".formatted(table.quoted());
    }
}
