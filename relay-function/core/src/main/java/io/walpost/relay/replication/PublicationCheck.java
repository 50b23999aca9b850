package io.walpost.relay.replication;

import io.walpost.relay.capture.HeaderColumn;
import io.walpost.relay.failure.Finding;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The publication: that it is there, and carries every INSERT of the outbox tables. */
final class PublicationCheck {

    private static final String PUBLICATION = """
            SELECT pubinsert, pubupdate OR pubdelete OR pubtruncate AS more_than_insert, pubviaroot
              FROM pg_publication WHERE pubname = ?
            """;

    /** What the publication itself names: its tables, or the partitions that stand for one of them. */
    private static final String TABLES = "SELECT * FROM pg_publication_tables WHERE pubname = ?";

    private static final String PARTITIONING = """
            SELECT c.relkind = 'p', c.relispartition FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ?
            """;

    private final Connection connection;
    private final PostgresSettings settings;
    private final String name;
    private final List<Finding> findings = new ArrayList<>();

    private PublicationCheck(Connection connection, PostgresSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.name = Sql.identifier(settings.publication());
    }

    static List<Finding> findings(Connection connection, PostgresSettings settings) throws SQLException {
        PublicationCheck check = new PublicationCheck(connection, settings);
        check.run();
        return check.findings;
    }

    private void run() throws SQLException {
        Optional<Publication> publication = publication();
        if (publication.isEmpty()) {
            findings.add(Finding.blocking(
                    "The publication " + name + " does not exist.",
                    "CREATE PUBLICATION " + name + forTables() + " WITH (publish = 'insert');" + slotAnew()));
            return;
        }
        if (!settings.tables().isEmpty()) {
            checkOperations(publication.get());
        }
        List<PublishedTable> published = published();
        for (TableName table : settings.tables()) {
            checkTable(table, publication.get(), published);
        }
        adviseOnOthers(published);
    }

    /** A publication without tables is enough for messages, which none selects. */
    private String forTables() {
        return settings.tables().isEmpty()
                ? ""
                : " FOR TABLE "
                        + settings.tables().stream().map(TableName::quoted).collect(Collectors.joining(", "));
    }

    /** A slot cannot pass changes that were written while its publication did not exist. */
    private String slotAnew() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT FROM pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, settings.slot());
            try (ResultSet row = statement.executeQuery()) {
                String slot = Sql.literal(settings.slot());
                return row.next()
                        ? "\n-- and, as the slot is older than the publication:\nSELECT pg_drop_replication_slot("
                                + slot + ");\nSELECT pg_create_logical_replication_slot(" + slot + ", 'pgoutput');"
                        : "";
            }
        }
    }

    private void checkOperations(Publication publication) {
        String onlyInserts = "ALTER PUBLICATION " + name + " SET (publish = 'insert');";
        if (!publication.inserts()) {
            findings.add(Finding.blocking("The publication " + name + " leaves out INSERTs.", onlyInserts));
        } else if (publication.moreThanInserts()) {
            findings.add(Finding.advice(
                    "The publication " + name + " carries more than INSERTs, which the relay reads for nothing.",
                    onlyInserts));
        }
    }

    private void checkTable(TableName table, Publication publication, List<PublishedTable> published)
            throws SQLException {
        Optional<PublishedTable> entry = published.stream()
                .filter(candidate -> candidate.name().equals(table))
                .findFirst();
        if (entry.isPresent()) {
            checkEntry(entry.get());
            return;
        }
        Partitioning partitioning = partitioning(table);
        if (!publication.viaRoot() && partitioning.isRoot()) {
            findings.add(Finding.blocking(
                    "The publication " + name + " shows the partitions of " + table.quoted() + " instead of the table.",
                    "ALTER PUBLICATION " + name + " SET (publish_via_partition_root = true); -- and ADD TABLE "
                            + table.quoted() + ", if it is not in it"));
        } else if (publication.viaRoot() && partitioning.isPartition()) {
            findings.add(Finding.blocking(
                    table.quoted() + " is a partition, and the publication " + name
                            + " shows the partitioned table instead.",
                    "-- name the partitioned table in walpost.relay.tables, or: ALTER PUBLICATION " + name
                            + " SET (publish_via_partition_root = false);"));
        } else {
            findings.add(Finding.blocking(
                    "The publication " + name + " does not carry " + table.quoted() + ".",
                    "ALTER PUBLICATION " + name + " ADD TABLE " + table.quoted() + ";"));
        }
    }

    private void checkEntry(PublishedTable entry) throws SQLException {
        String table = entry.name().quoted();
        String asAWhole = "ALTER PUBLICATION " + name + " DROP TABLE " + table + "; ALTER PUBLICATION " + name
                + " ADD TABLE " + table + ";";
        if (entry.filtered()) {
            findings.add(Finding.blocking(
                    "The publication " + name + " has a row filter on " + table
                            + ": events that it leaves out would be lost.",
                    asAWhole));
        }
        List<String> leftOut = leftOut(entry);
        if (!leftOut.isEmpty()) {
            findings.add(Finding.blocking(
                    "The publication " + name + " leaves out columns of " + table + " that the relay needs: "
                            + String.join(", ", leftOut) + ".",
                    asAWhole + " -- generated columns are never published before PostgreSQL 18"));
        }
    }

    /** What the table has, and the publication's column list has not. */
    private List<String> leftOut(PublishedTable entry) throws SQLException {
        if (entry.columns().isEmpty()) {
            return List.of();
        }
        Set<String> existing = TableCheck.columns(connection, entry.name()).keySet();
        return Stream.concat(
                        TableCheck.CONTRACT.stream(),
                        settings.headers().stream().map(HeaderColumn::column))
                .distinct()
                .filter(column -> existing.contains(column) && !entry.columns().contains(column))
                .toList();
    }

    private void adviseOnOthers(List<PublishedTable> published) {
        List<TableName> others = published.stream()
                .map(PublishedTable::name)
                .filter(table -> !settings.tables().contains(table))
                .toList();
        if (!others.isEmpty()) {
            findings.add(Finding.advice(
                    "The publication " + name + " also carries " + others.size() + " tables that are not in"
                            + " walpost.relay.tables, " + others.getFirst().quoted()
                            + " among them. Their rows are passed over; if they are outboxes, their events are not"
                            + " published.",
                    "-- name the outboxes in walpost.relay.tables, and take the other tables out of the publication"));
        }
    }

    private Optional<Publication> publication() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
            statement.setString(1, settings.publication());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Publication(
                                row.getBoolean("pubinsert"),
                                row.getBoolean("more_than_insert"),
                                row.getBoolean("pubviaroot")))
                        : Optional.empty();
            }
        }
    }

    private List<PublishedTable> published() throws SQLException {
        List<PublishedTable> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, settings.publication());
            try (ResultSet rows = statement.executeQuery()) {
                // Row filters and column lists came with PostgreSQL 15.
                boolean lists = rows.getMetaData().getColumnCount() > 3;
                while (rows.next()) {
                    tables.add(new PublishedTable(
                            new TableName(rows.getString("schemaname"), rows.getString("tablename")),
                            lists && rows.getString("rowfilter") != null,
                            lists ? names(rows.getArray("attnames")) : Set.of()));
                }
            }
        }
        return tables;
    }

    private static Set<String> names(Array array) throws SQLException {
        return array == null ? Set.of() : Set.of((String[]) array.getArray());
    }

    private Partitioning partitioning(TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PARTITIONING)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Partitioning(row.getBoolean(1), row.getBoolean(2))
                        : new Partitioning(false, false);
            }
        }
    }

    private record Partitioning(boolean isRoot, boolean isPartition) {}

    private record Publication(boolean inserts, boolean moreThanInserts, boolean viaRoot) {}

    /** @param columns those that are published; empty if the server does not say */
    private record PublishedTable(TableName name, boolean filtered, Set<String> columns) {}
}
