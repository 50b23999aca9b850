package io.walpost.relay.replication;

import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a database with what the relay needs. */
final class SetupPlan {

    private static final int HAS_FAILOVER_SLOTS = 17;

    private final Connection connection;
    private final PostgresSettings settings;
    private final SetupOptions options;
    private final SetupSql sql;
    private final List<SetupStep> steps = new ArrayList<>();

    SetupPlan(Connection connection, PostgresSettings settings, SetupOptions options) {
        this.connection = connection;
        this.settings = settings;
        this.options = options;
        this.sql = new SetupSql(settings);
    }

    List<SetupStep> steps() throws SQLException, RelayException {
        boolean roleExists = role();
        grants(roleExists);
        boolean publicationExists =
                is("SELECT EXISTS (SELECT FROM pg_publication WHERE pubname = ?)", settings.publication());
        publication(publicationExists);
        slot(publicationExists);
        return List.copyOf(steps);
    }

    private boolean role() throws SQLException, RelayException {
        String role = settings.user();
        boolean onRds = is("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)", "rds_replication");
        boolean exists = is("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)", role);
        if (!exists && !options.createRole()) {
            DatabaseSetup.require(List.of(Finding.blocking(
                    "The role " + role + " (walpost.relay.postgres.user) does not exist.",
                    "-- run setup with --create-role, or: " + sql.createRole(onRds))));
        }
        add(exists, "role " + role, sql.createRole(onRds));
        boolean replicates = exists
                && (onRds
                        ? is("SELECT pg_has_role(?, 'rds_replication', 'member')", role)
                        : is(
                                "SELECT rolcanlogin AND (rolreplication OR rolsuper) FROM pg_roles WHERE rolname = ?",
                                role));
        // CREATE ROLE has brought the attribute, and only membership is still to come.
        add(replicates || !exists && !onRds, "replication for " + role, sql.grantReplication(onRds));
        return exists;
    }

    private void grants(boolean roleExists) throws SQLException {
        String role = settings.user();
        add(
                // A new role may connect by what PUBLIC may.
                is("SELECT has_database_privilege(?, current_database(), 'CONNECT')", roleExists ? role : "public"),
                "connection for " + role,
                sql.grantConnect());
        if (!options.backfill()) {
            return;
        }
        for (TableName table : settings.tables()) {
            String grantee = roleExists ? role : "public";
            add(
                    is("SELECT has_schema_privilege(?, ?, 'USAGE')", grantee, table.schema()),
                    "schema " + table.schema() + " for " + role,
                    sql.grantUsage(table.schema()));
            add(
                    is("SELECT has_table_privilege(?, ?, 'SELECT')", grantee, table.quoted()),
                    "rows of " + table + " for " + role,
                    sql.grantSelect(table));
        }
    }

    private void publication(boolean exists) throws SQLException {
        String name = settings.publication();
        if (!exists) {
            steps.add(new SetupStep("publication " + name, sql.createPublication()));
            return;
        }
        add(
                is("SELECT pubinsert FROM pg_publication WHERE pubname = ?", name),
                "INSERTs in publication " + name,
                sql.publishInserts());
        if (isAnyPartitioned()) {
            add(
                    is("SELECT pubviaroot FROM pg_publication WHERE pubname = ?", name),
                    "partitions as their table in publication " + name,
                    sql.publishViaRoot());
        }
        List<TableName> absent = new ArrayList<>();
        for (TableName table : settings.tables()) {
            if (!isPublished(table)) {
                absent.add(table);
            }
        }
        add(absent.isEmpty(), "outbox tables in publication " + name, absent.isEmpty() ? "" : sql.addTables(absent));
    }

    private boolean isAnyPartitioned() throws SQLException {
        for (TableName table : settings.tables()) {
            if (is("SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass(?)", table.quoted())) {
                return true;
            }
        }
        return false;
    }

    /** By name, by schema (PostgreSQL 15), or with all tables. */
    private boolean isPublished(TableName table) throws SQLException {
        return is("""
                SELECT EXISTS (SELECT FROM pg_publication p
                 WHERE pubname = ? AND (puballtables OR EXISTS
                   (SELECT FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = to_regclass(?))))
                    OR EXISTS (SELECT FROM pg_publication_tables
                                WHERE pubname = ? AND schemaname = ? AND tablename = ?)
                """, settings.publication(), table.quoted(), settings.publication(), table.schema(), table.name());
    }

    private void slot(boolean publicationExisted) throws SQLException, RelayException {
        boolean failover =
                options.failover() && connection.getMetaData().getDatabaseMajorVersion() >= HAS_FAILOVER_SLOTS;
        String slot = settings.slot();
        Optional<SlotStatus> found = SlotQuery.read(connection, slot);
        if (found.isPresent()) {
            DatabaseSetup.require(SlotCheck.findings(connection, settings, SlotMemory.none(slot)));
            if (!publicationExisted) {
                DatabaseSetup.require(List.of(Finding.blocking(
                        "The slot " + slot + " is older than the publication " + settings.publication()
                                + ", which does not exist yet; a slot cannot pass what was written before.",
                        "SELECT pg_drop_replication_slot(" + Sql.literal(slot) + "); -- then run setup again")));
            }
            steps.add(SetupStep.done("slot " + slot
                    + (failover && !found.get().failover()
                            ? " (standbys do not keep it: made without failover)"
                            : "")));
            return;
        }
        steps.add(new SetupStep("slot " + slot, sql.createSlot(failover)));
    }

    private void add(boolean done, String subject, String statement) {
        steps.add(done ? SetupStep.done(subject) : new SetupStep(subject, statement));
    }

    /** Asks for one truth value; no row is no. */
    private boolean is(String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
