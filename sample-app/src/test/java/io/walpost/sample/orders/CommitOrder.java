package io.walpost.sample.orders;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The order in which transactions commit from now on, from PostgreSQL's log; transaction ids do not tell it. */
final class CommitOrder implements AutoCloseable {

    private final Connection connection;

    CommitOrder(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE PUBLICATION commit_order FOR TABLE outboxevent");
            statement.execute("SELECT pg_create_logical_replication_slot('commit_order', 'pgoutput', true)");
        }
    }

    /** The ids of the transactions that wrote an event, first committed first. */
    List<Long> xids() throws SQLException {
        List<Long> xids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet change = statement.executeQuery(
                        "SELECT xid::text::bigint FROM pg_logical_slot_peek_binary_changes('commit_order', NULL, NULL,"
                                + " 'proto_version', '1', 'publication_names', 'commit_order')")) {
            while (change.next()) {
                xids.add(change.getLong(1));
            }
        }
        return xids.stream().distinct().toList();
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_drop_replication_slot('commit_order')");
            statement.execute("DROP PUBLICATION commit_order");
        }
    }
}
