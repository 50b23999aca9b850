package io.walpost.billing.invoice;

import io.walpost.billing.order.OrderLine;
import io.walpost.billing.order.OrderPlaced;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Writes invoices and credit notes, with their lines, in the transaction of the calling thread. */
@Singleton
class InvoiceTable {

    private static final String INSERT =
            "INSERT INTO invoice (order_id, customer, currency, total, version) VALUES (?, ?, ?, ?, ?)";
    private static final String INSERT_LINE =
            "INSERT INTO invoice_line (order_id, line_id, sku, quantity, unit_price) VALUES (?, ?, ?, ?, ?)";
    private static final String LOCK = "SELECT total, version FROM invoice WHERE order_id = ? FOR UPDATE";
    private static final String CREDITED = "SELECT version FROM credit_note WHERE order_id = ?";
    private static final String UPDATE = "UPDATE invoice SET total = ?, version = ? WHERE order_id = ?";
    private static final String CREDIT = "INSERT INTO credit_note (order_id, total, version) VALUES (?, ?, ?)";
    private static final String CREDIT_LINES = """
            INSERT INTO credit_note_line (order_id, line_id, sku, quantity, unit_price)
            SELECT order_id, line_id, sku, quantity, unit_price FROM invoice_line WHERE order_id = ?
            """;

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
            insert.setBigDecimal(4, order.total());
            insert.setLong(5, order.version());
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
                        ? Optional.of(balance(connection, orderId, row.getBigDecimal(1), row.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    /** Looks for the credit note once the invoice is locked: one statement for both would look before it had waited. */
    private static InvoiceBalance balance(Connection connection, long orderId, BigDecimal total, long version)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CREDITED)) {
            select.setLong(1, orderId);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new InvoiceBalance(orderId, total, row.getLong(1), true)
                        : new InvoiceBalance(orderId, total, version, false);
            }
        }
    }

    void update(InvoiceBalance balance) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setBigDecimal(1, balance.total());
            update.setLong(2, balance.version());
            update.setLong(3, balance.orderId());
            update.executeUpdate();
        }
    }

    /** Writes the credit note, with all lines that the invoice has. */
    void credit(InvoiceBalance balance) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(CREDIT);
                PreparedStatement insertLines = connection.prepareStatement(CREDIT_LINES)) {
            insert.setLong(1, balance.orderId());
            insert.setBigDecimal(2, balance.total());
            insert.setLong(3, balance.version());
            insert.executeUpdate();
            insertLines.setLong(1, balance.orderId());
            insertLines.executeUpdate();
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
