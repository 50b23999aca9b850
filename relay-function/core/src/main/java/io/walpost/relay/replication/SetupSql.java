package io.walpost.relay.replication;

import java.util.List;
import java.util.stream.Collectors;

/** The statements that prepare a database, each for itself. */
final class SetupSql {

    private final PostgresSettings settings;
    private final String role;
    private final String publication;

    /** @param settings whose user is the relay's role */
    SetupSql(PostgresSettings settings) {
        this.settings = settings;
        this.role = Sql.identifier(settings.user());
        this.publication = Sql.identifier(settings.publication());
    }

    /** @param onRds where nobody has REPLICATION, and membership in rds_replication stands for it */
    String createRole(boolean onRds) {
        return "CREATE ROLE " + role + " LOGIN" + (onRds ? ";" : " REPLICATION;");
    }

    String grantReplication(boolean onRds) {
        return onRds ? "GRANT rds_replication TO " + role + ";" : "ALTER ROLE " + role + " LOGIN REPLICATION;";
    }

    String grantConnect() {
        return "GRANT CONNECT ON DATABASE " + Sql.identifier(settings.database()) + " TO " + role + ";";
    }

    String grantUsage(String schema) {
        return "GRANT USAGE ON SCHEMA " + Sql.identifier(schema) + " TO " + role + ";";
    }

    String grantSelect(TableName table) {
        return "GRANT SELECT ON " + table.quoted() + " TO " + role + ";";
    }

    /** By the root of a partitioned table, which changes nothing for any other. For messages alone no table is needed. */
    String createPublication() {
        String tables = settings.tables().isEmpty() ? "" : " FOR TABLE " + names(settings.tables());
        return "CREATE PUBLICATION " + publication + tables
                + " WITH (publish = 'insert', publish_via_partition_root = true);";
    }

    String publishInserts() {
        return "ALTER PUBLICATION " + publication + " SET (publish = 'insert');";
    }

    String publishViaRoot() {
        return "ALTER PUBLICATION " + publication + " SET (publish_via_partition_root = true);";
    }

    String addTables(List<TableName> tables) {
        return "ALTER PUBLICATION " + publication + " ADD TABLE " + names(tables) + ";";
    }

    String createSlot(boolean failover) {
        return "SELECT pg_create_logical_replication_slot(" + Sql.literal(settings.slot()) + ", 'pgoutput'"
                + (failover ? ", failover => true);" : ");");
    }

    private static String names(List<TableName> tables) {
        return tables.stream().map(TableName::quoted).collect(Collectors.joining(", "));
    }
}
