package io.walpost.sample.orders;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What a test reads back from the tables, past the service. */
@Singleton
class Outboxes {

    /** An outbox row and the id of the transaction that wrote it. */
    record Row(long xid, String aggregateType, String type, String payload) {}

    private final DataSource dataSource;

    Outboxes(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The events of an order, in no particular order. */
    List<Row> eventsOf(long orderId) throws SQLException {
        String sql = "SELECT xmin::text::bigint, aggregatetype, type, payload FROM outboxevent WHERE aggregateid = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, Long.toString(orderId));
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)));
                }
            }
            return rows;
        }
    }

    /** The transaction that wrote the order's row last. */
    long xidOf(long orderId) throws SQLException {
        return number("SELECT xmin::text::bigint FROM orders WHERE id = ?", orderId);
    }

    long countOrders(long orderId) throws SQLException {
        return number("SELECT count(*) FROM orders WHERE id = ?", orderId);
    }

    long countLines(long orderId) throws SQLException {
        return number("SELECT count(*) FROM order_line WHERE order_id = ?", orderId);
    }

    private long number(String sql, long orderId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, orderId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
