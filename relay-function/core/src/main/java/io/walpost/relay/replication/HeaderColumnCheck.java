package io.walpost.relay.replication;

import io.walpost.relay.capture.HeaderColumn;
import io.walpost.relay.failure.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that become headers: that some outbox table has each of them. At first a column that is nowhere is taken
 * for a mistake in the settings; once all were found it is the table that has changed, which is no reason to stop.
 * Owned by one thread.
 */
final class HeaderColumnCheck {

    private final PostgresSettings settings;
    private boolean passed;

    HeaderColumnCheck(PostgresSettings settings) {
        this.settings = settings;
    }

    List<Finding> findings(Connection connection) throws SQLException {
        if (settings.headers().isEmpty() || settings.tables().isEmpty()) {
            return List.of();
        }
        Set<String> columns = new HashSet<>();
        for (TableName table : settings.tables()) {
            columns.addAll(TableCheck.columns(connection, table).keySet());
        }
        List<Finding> findings = new ArrayList<>();
        for (HeaderColumn header : settings.headers()) {
            if (!columns.contains(header.column())) {
                findings.add(finding(header.column()));
            }
        }
        passed |= findings.isEmpty();
        return findings;
    }

    private Finding finding(String column) {
        String problem =
                "No outbox table has the column '" + column + "', which walpost.relay.headers.columns makes a header.";
        String mend = "-- correct walpost.relay.headers.columns, or: ALTER TABLE "
                + settings.tables().getFirst().quoted() + " ADD COLUMN " + Sql.identifier(column) + " text;";
        // A message may have a field of that name.
        boolean tolerable = passed || settings.messagePrefix().isPresent();
        return tolerable ? Finding.advice(problem, mend) : Finding.blocking(problem, mend);
    }
}
