package io.walpost.demo.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the accounts of the order service and of billing. */
final class Accounts {

    private static final String ORDERS = """
            SELECT o.id, o.version, o.status = 'CANCELLED', o.total, count(l), sum(l.quantity * l.unit_price)
              FROM orders o LEFT JOIN order_line l ON l.order_id = o.id
             GROUP BY o.id
            """;
    private static final String INVOICES = """
            SELECT i.order_id, coalesce(c.version, i.version), c.order_id IS NOT NULL, i.total, l.count, l.amount,
                   c.version, true, c.total, credited.count, credited.amount
              FROM invoice i
              LEFT JOIN credit_note c ON c.order_id = i.order_id
             CROSS JOIN LATERAL (SELECT count(*) AS count, sum(quantity * unit_price) AS amount
                                   FROM invoice_line WHERE order_id = i.order_id) AS l
             CROSS JOIN LATERAL (SELECT count(*) AS count, sum(quantity * unit_price) AS amount
                                   FROM credit_note_line WHERE order_id = i.order_id) AS credited
            """;
    private static final int FIRST_OF_CREDIT = 7;

    private Accounts() {}

    /** By order id; what the order service committed. */
    static Map<Long, Account> ofOrders(Connection orders) throws SQLException {
        return read(orders, ORDERS, row -> account(row, 2));
    }

    /** By order id; what billing wrote. */
    static Map<Long, Invoice> ofInvoices(Connection billing) throws SQLException {
        return read(billing, INVOICES, Accounts::invoice);
    }

    private static <T> Map<Long, T> read(Connection connection, String sql, Reader<T> reader) throws SQLException {
        Map<Long, T> read = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                read.put(row.getLong(1), reader.of(row));
            }
        }
        return read;
    }

    private static Invoice invoice(ResultSet row) throws SQLException {
        Account account = account(row, 2);
        return new Invoice(
                account, account.cancelled() ? Optional.of(account(row, FIRST_OF_CREDIT)) : Optional.empty());
    }

    private static Account account(ResultSet row, int first) throws SQLException {
        return new Account(
                row.getLong(first),
                row.getBoolean(first + 1),
                row.getBigDecimal(first + 2),
                row.getInt(first + 3),
                row.getBigDecimal(first + 4));
    }

    @FunctionalInterface
    private interface Reader<T> {
        T of(ResultSet row) throws SQLException;
    }
}
