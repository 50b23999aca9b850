package io.walpost.relay.replication;

import io.walpost.relay.failure.Examination;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The slot, how it stands to its budget, and the server's own limit. */
final class SlotExamination {

    private static final String LIMIT = "SELECT setting::bigint FROM pg_settings WHERE name = 'max_slot_wal_keep_size'";

    private static final long BYTES_PER_MB = 1L << 20;

    private SlotExamination() {}

    static List<Examination> of(Connection connection, PostgresSettings settings, WalBudget budget)
            throws SQLException {
        Optional<SlotStatus> status = SlotQuery.read(connection, settings.slot());
        return List.of(
                new Examination("slot", detail(settings, status), slot(connection, settings, status, budget)),
                limit(connection, budget));
    }

    private static String detail(PostgresSettings settings, Optional<SlotStatus> status) {
        return settings.slot()
                + status.map(slot -> ", " + (slot.active() ? "read by a relay" : "read by nobody") + ", "
                                + ByteCount.text(slot.lagBytes()) + " not confirmed")
                        .orElse("");
    }

    private static List<Finding> slot(
            Connection connection, PostgresSettings settings, Optional<SlotStatus> status, WalBudget budget)
            throws SQLException {
        try {
            List<Finding> findings =
                    new ArrayList<>(SlotCheck.findings(connection, settings, SlotMemory.none(settings.slot())));
            status.map(budget::verdict)
                    .filter(verdict -> !verdict.hint().isEmpty())
                    .ifPresent(verdict -> findings.add(Finding.advice(verdict.meaning(), "-- " + verdict.hint())));
            return findings;
        } catch (RelayException lost) {
            String slot = Sql.literal(settings.slot());
            return List.of(Finding.blocking(
                    lost.getMessage() + ".",
                    "SELECT pg_drop_replication_slot(" + slot + ");\nSELECT pg_create_logical_replication_slot(" + slot
                            + ", 'pgoutput');\n-- then publish what lies between again from the outbox table"));
        }
    }

    private static Examination limit(Connection connection, WalBudget budget) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LIMIT)) {
            row.next();
            long megabytes = row.getLong(1);
            String detail = "walpost.relay.wal-budget " + ByteCount.text(budget.bytes()) + ", max_slot_wal_keep_size "
                    + (megabytes < 0 ? "unlimited" : ByteCount.text(megabytes * BYTES_PER_MB));
            return new Examination("limits", detail, findings(megabytes, budget));
        }
    }

    private static List<Finding> findings(long megabytes, WalBudget budget) {
        if (megabytes < 0) {
            return List.of(Finding.advice(
                    "max_slot_wal_keep_size is not set: a relay that is down for long fills the disk of the database.",
                    "ALTER SYSTEM SET max_slot_wal_keep_size = '50GB'; -- a good part of what is free\n"
                            + "SELECT pg_reload_conf();"));
        }
        if (megabytes * BYTES_PER_MB <= budget.bytes()) {
            return List.of(Finding.advice(
                    "The server gives the slot up before walpost.relay.wal-budget is reached.",
                    "-- set walpost.relay.wal-budget well below max_slot_wal_keep_size, or raise that"));
        }
        return List.of();
    }
}
