package io.walpost.relay.replication;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The condition that a selection is in SQL, with its parameters. */
final class SelectionSql {

    private final StringBuilder condition = new StringBuilder("true");
    private final List<Object> parameters = new ArrayList<>();

    /**
     * @param after a row that is not wanted, nor are those before it; null to begin at the beginning
     * @throws RelayException if the selection needs a timestamp, and the table has none
     */
    SelectionSql(StoredTable table, RowSelection selection, RowKey after) throws RelayException {
        if (selection.usesTime() && !table.hasTime()) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "The outbox table " + table.name()
                            + " has no column 'timestamp' of the type timestamptz, so it cannot be selected by time");
        }
        selection.since().ifPresent(since -> add("\"timestamp\" >= ?::timestamptz", since.toString()));
        selection.until().ifPresent(until -> add("\"timestamp\" < ?::timestamptz", until.toString()));
        selection.fromId().ifPresent(id -> add("id >= ?", id));
        selection.toId().ifPresent(id -> add("id <= ?", id));
        if (!selection.aggregateTypes().isEmpty()) {
            add("aggregatetype = ANY (?)", (Object) selection.aggregateTypes().toArray(String[]::new));
        }
        if (!selection.aggregateIds().isEmpty()) {
            add("aggregateid = ANY (?)", (Object) selection.aggregateIds().toArray(String[]::new));
        }
        if (after != null) {
            if (table.hasTime()) {
                add("(" + order(table) + ", id) > (?::timestamptz, ?)", after.timestamp(), after.id());
            } else {
                add("id > ?", after.id());
            }
        }
    }

    /** What rows are ordered by before their id: rows without a time first. */
    static String order(StoredTable table) {
        return table.hasTime() ? "coalesce(\"timestamp\"::timestamptz, '-infinity')" : "NULL::timestamptz";
    }

    private void add(String sql, Object... values) {
        condition.append(" AND ").append(sql);
        parameters.addAll(List.of(values));
    }

    PreparedStatement prepare(Connection connection, String before, String behind) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(before + " WHERE " + condition + behind);
        for (int i = 0; i < parameters.size(); i++) {
            Object value = parameters.get(i);
            if (value instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
