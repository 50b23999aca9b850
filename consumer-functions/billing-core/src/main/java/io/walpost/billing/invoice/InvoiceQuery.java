package io.walpost.billing.invoice;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds invoices. */
@Singleton
public class InvoiceQuery {

    /** One statement, so that the lines and the total are of one moment. */
    private static final String SELECT = """
            SELECT customer, currency, status, total, version, line_id, sku, quantity, unit_price
              FROM invoice LEFT JOIN invoice_line USING (order_id)
             WHERE order_id = ?
             ORDER BY line_id""";

    private final DataSource dataSource;

    InvoiceQuery(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public Optional<Invoice> find(long orderId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, orderId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(read(orderId, rows)) : Optional.empty();
            }
        }
    }

    /** @param rows stands on the first row */
    private static Invoice read(long orderId, ResultSet rows) throws SQLException {
        return new Invoice(
                orderId,
                rows.getString("customer"),
                rows.getString("currency"),
                InvoiceStatus.valueOf(rows.getString("status")),
                rows.getBigDecimal("total"),
                rows.getLong("version"),
                readLines(rows));
    }

    private static List<InvoiceLine> readLines(ResultSet rows) throws SQLException {
        List<InvoiceLine> lines = new ArrayList<>();
        do {
            long lineId = rows.getLong("line_id");
            if (!rows.wasNull()) {
                lines.add(new InvoiceLine(
                        lineId, rows.getString("sku"), rows.getInt("quantity"), rows.getBigDecimal("unit_price")));
            }
        } while (rows.next());
        return lines;
    }
}
