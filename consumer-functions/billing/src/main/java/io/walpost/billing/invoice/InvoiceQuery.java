package io.walpost.billing.invoice;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
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

    /** One statement, so that the lines and the totals are of one moment. */
    private static final String SELECT = """
            SELECT i.customer, i.currency, i.total, i.version, l.line_id, l.sku, l.quantity, l.unit_price,
                   c.total AS credited, c.version AS credited_version,
                   cl.line_id AS credited_line_id, cl.sku AS credited_sku,
                   cl.quantity AS credited_quantity, cl.unit_price AS credited_unit_price
              FROM invoice i
              LEFT JOIN invoice_line l USING (order_id)
              LEFT JOIN credit_note c USING (order_id)
              LEFT JOIN credit_note_line cl USING (order_id, line_id)
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
        String customer = rows.getString("customer");
        String currency = rows.getString("currency");
        BigDecimal total = rows.getBigDecimal("total");
        BigDecimal credited = rows.getBigDecimal("credited");
        long version = credited == null ? rows.getLong("version") : rows.getLong("credited_version");
        List<InvoiceLine> lines = new ArrayList<>();
        List<InvoiceLine> creditedLines = new ArrayList<>();
        do {
            readLine(rows, "").ifPresent(lines::add);
            readLine(rows, "credited_").ifPresent(creditedLines::add);
        } while (rows.next());
        return new Invoice(
                orderId,
                customer,
                currency,
                credited == null ? InvoiceStatus.OPEN : InvoiceStatus.CANCELLED,
                total,
                version,
                lines,
                credited == null ? null : new CreditNote(credited, creditedLines));
    }

    private static Optional<InvoiceLine> readLine(ResultSet row, String prefix) throws SQLException {
        long lineId = row.getLong(prefix + "line_id");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new InvoiceLine(
                        lineId,
                        row.getString(prefix + "sku"),
                        row.getInt(prefix + "quantity"),
                        row.getBigDecimal(prefix + "unit_price")));
    }
}
