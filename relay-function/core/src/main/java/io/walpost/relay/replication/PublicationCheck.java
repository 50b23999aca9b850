package io.walpost.relay.replication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The publication: that it is there, and carries the INSERTs of the outbox tables. */
final class PublicationCheck {

    private static final String PUBLICATION = """
            SELECT pubinsert, pubupdate OR pubdelete OR pubtruncate AS more_than_insert
              FROM pg_publication WHERE pubname = ?
            """;

    private static final String TABLES = "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?";

    private PublicationCheck() {}

    static List<Finding> findings(Connection connection, PostgresSettings settings) throws SQLException {
        String name = Sql.identifier(settings.publication());
        List<Finding> findings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
            statement.setString(1, settings.publication());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return List.of(Finding.blocking(
                            "The publication " + name + " does not exist.",
                            "CREATE PUBLICATION " + name + " FOR TABLE " + quoted(settings.tables())
                                    + " WITH (publish = 'insert');"));
                }
                String onlyInserts = "ALTER PUBLICATION " + name + " SET (publish = 'insert');";
                if (!row.getBoolean("pubinsert")) {
                    findings.add(Finding.blocking("The publication " + name + " leaves out INSERTs.", onlyInserts));
                } else if (row.getBoolean("more_than_insert")) {
                    findings.add(Finding.advice(
                            "The publication " + name
                                    + " carries more than INSERTs, which the relay reads for nothing.",
                            onlyInserts));
                }
            }
        }
        Set<TableName> published = publishedTables(connection, settings.publication());
        List<TableName> missing = settings.tables().stream()
                .filter(table -> !published.contains(table))
                .toList();
        if (!missing.isEmpty()) {
            findings.add(Finding.blocking(
                    "The publication " + name + " does not carry " + quoted(missing) + ".",
                    "ALTER PUBLICATION " + name + " ADD TABLE " + quoted(missing) + ";"));
        }
        return findings;
    }

    private static Set<TableName> publishedTables(Connection connection, String publication) throws SQLException {
        Set<TableName> tables = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, publication);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(new TableName(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return tables;
    }

    private static String quoted(List<TableName> tables) {
        return tables.stream().map(TableName::quoted).collect(Collectors.joining(", "));
    }
}
