package io.walpost.billing.invoice;

import io.walpost.billing.order.OrderLine;
import io.walpost.billing.order.OrderPlaced;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Writes to the tables {@code invoice} and {@code invoice_line}, in the transaction of the calling thread. */
@Singleton
class InvoiceTable {

    private static final String INSERT =
            "INSERT INTO invoice (order_id, customer, currency, status, total, version) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String INSERT_LINE =
            "INSERT INTO invoice_line (order_id, line_id, sku, quantity, unit_price) VALUES (?, ?, ?, ?, ?)";
    private static final String LOCK = "SELECT status, total, version FROM invoice WHERE order_id = ? FOR UPDATE";
    private static final String UPDATE = "UPDATE invoice SET status = ?, total = ?, version = ? WHERE order_id = ?";

    private final DataSource dataSource;

    InvoiceTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void insert(OrderPlaced order) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, order.orderId());
            insert.setString(2, order.customer());
            insert.setString(3, order.currency());
            insert.setString(4, InvoiceStatus.OPEN.name());
            insert.setBigDecimal(5, order.total());
            insert.setLong(6, order.version());
            insert.executeUpdate();
            insertLines(connection, order.orderId(), order.lines());
        }
    }

    void insertLine(long orderId, OrderLine line) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            insertLines(connection, orderId, List.of(line));
        }
    }

    /** Holds the invoice until the transaction ends. */
    Optional<InvoiceBalance> lock(long orderId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(LOCK)) {
            select.setLong(1, orderId);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new InvoiceBalance(
                                orderId, InvoiceStatus.valueOf(row.getString(1)), row.getBigDecimal(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    void update(InvoiceBalance balance) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setString(1, balance.status().name());
            update.setBigDecimal(2, balance.total());
            update.setLong(3, balance.version());
            update.setLong(4, balance.orderId());
            update.executeUpdate();
        }
    }

    private static void insertLines(Connection connection, long orderId, List<OrderLine> lines) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_LINE)) {
            for (OrderLine line : lines) {
                insert.setLong(1, orderId);
                insert.setLong(2, line.lineId());
                insert.setString(3, line.sku());
                insert.setInt(4, line.quantity());
                insert.setBigDecimal(5, line.unitPrice());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
