package io.walpost.relay.replication;

import java.util.ArrayList;
import java.util.List;

/** All steps of a setup, for a database that nobody has looked at. */
public final class SetupScript {

    private SetupScript() {}

    /** In the order in which they are to be run, each in a transaction of its own. */
    public static List<SetupStep> steps(PostgresSettings settings, SetupOptions options) {
        SetupSql sql = new SetupSql(settings);
        List<SetupStep> steps = new ArrayList<>();
        String onRds = "; on Amazon RDS: ";
        steps.add(
                options.createRole()
                        ? new SetupStep(
                                "role " + settings.user() + onRds + sql.createRole(true) + " "
                                        + sql.grantReplication(true),
                                sql.createRole(false))
                        : new SetupStep(
                                "replication for " + settings.user() + onRds + sql.grantReplication(true),
                                sql.grantReplication(false)));
        steps.add(new SetupStep("connection for " + settings.user(), sql.grantConnect()));
        if (options.backfill()) {
            for (TableName table : settings.tables()) {
                steps.add(new SetupStep("schema of " + table, sql.grantUsage(table.schema())));
                steps.add(new SetupStep("rows of " + table + " for backfill", sql.grantSelect(table)));
            }
        }
        steps.add(new SetupStep("publication " + settings.publication(), sql.createPublication()));
        steps.add(new SetupStep(
                "slot " + settings.slot() + ", after the publication"
                        + (options.failover() ? "; before PostgreSQL 17 without failover => true" : ""),
                sql.createSlot(options.failover())));
        return steps;
    }
}
