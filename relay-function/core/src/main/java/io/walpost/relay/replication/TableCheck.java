package io.walpost.relay.replication;

import io.walpost.outbox.OutboxColumns;
import io.walpost.relay.failure.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The outbox tables: that they are there, and have the columns of the wire contract. */
final class TableCheck {

    private static final List<String> REQUIRED = List.of(
            OutboxColumns.ID,
            OutboxColumns.AGGREGATE_TYPE,
            OutboxColumns.AGGREGATE_ID,
            OutboxColumns.TYPE,
            OutboxColumns.PAYLOAD);

    /** The required ones, and those that an event does without. */
    static final List<String> CONTRACT = Stream.concat(
                    REQUIRED.stream(), Stream.of(OutboxColumns.TIMESTAMP, OutboxColumns.TRACING_SPAN_CONTEXT))
            .toList();

    /** A domain goes by its own type in the log, so what it stands for has to be seen here. */
    private static final String QUERY = """
            SELECT a.attname, t.typtype = 'd' AND t.typbasetype = 'bytea'::regtype AS hidden_bytes
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_type t ON t.oid = a.atttypid
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            """;

    private TableCheck() {}

    static List<Finding> findings(Connection connection, PostgresSettings settings) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (TableName table : settings.tables()) {
            Map<String, Boolean> columns = columns(connection, table);
            if (columns.isEmpty()) {
                findings.add(Finding.blocking("The outbox table " + table + " does not exist.", create(table)));
                continue;
            }
            List<String> missing =
                    REQUIRED.stream().filter(name -> !columns.containsKey(name)).toList();
            if (!missing.isEmpty()) {
                findings.add(Finding.blocking(
                        "The outbox table " + table + " lacks the columns " + String.join(", ", missing) + ".",
                        "-- as it should be:\n" + create(table)));
            } else if (columns.get(OutboxColumns.PAYLOAD)) {
                findings.add(Finding.blocking(
                        "The payload of " + table + " is of a domain over bytea, which the log does not tell from text:"
                                + " its hexadecimal digits would be published.",
                        "ALTER TABLE " + table.quoted() + " ALTER COLUMN payload TYPE bytea;"));
            }
        }
        return findings;
    }

    /** The names of a table's columns, each with whether it hides bytes; none if there is no such table. */
    static Map<String, Boolean> columns(Connection connection, TableName table) throws SQLException {
        Map<String, Boolean> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(String.valueOf(rows.getString(1)), rows.getBoolean(2));
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
