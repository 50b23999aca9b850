package io.walpost.demo.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Reads the accounts of the order service and of billing. */
final class Accounts {

    private static final String ORDERS = """
            SELECT o.id, o.version, o.status = 'CANCELLED', o.total, count(l), sum(l.quantity * l.unit_price)
              FROM orders o LEFT JOIN order_line l ON l.order_id = o.id
             GROUP BY o.id
            """;
    private static final String INVOICES = """
            SELECT i.order_id, coalesce(c.version, i.version), c.order_id IS NOT NULL, i.total,
                   count(l), sum(l.quantity * l.unit_price)
              FROM invoice i
              LEFT JOIN invoice_line l ON l.order_id = i.order_id
              LEFT JOIN credit_note c ON c.order_id = i.order_id
             GROUP BY i.order_id, c.order_id
            """;

    private Accounts() {}

    /** By order id; what the order service committed. */
    static Map<Long, Account> ofOrders(Connection orders) throws SQLException {
        return read(orders, ORDERS);
    }

    /** By order id; what billing wrote. */
    static Map<Long, Account> ofInvoices(Connection billing) throws SQLException {
        return read(billing, INVOICES);
    }

    private static Map<Long, Account> read(Connection connection, String sql) throws SQLException {
        Map<Long, Account> accounts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                accounts.put(
                        row.getLong(1),
                        new Account(
                                row.getLong(2),
                                row.getBoolean(3),
                                row.getBigDecimal(4),
                                row.getInt(5),
                                row.getBigDecimal(6)));
            }
        }
        return accounts;
    }
}
