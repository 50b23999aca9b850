package io.walpost.billing.invoice;

import io.walpost.billing.order.OrderLine;
import io.walpost.billing.order.OrderLineAdded;
import io.walpost.billing.order.OrderPlaced;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Writes invoices and credit notes, with their lines, in the transaction of the calling thread. Each method takes a
 * statement or two, however many invoices it is given, and none if there are none.
 */
@Singleton
class InvoiceTable {

    private static final String INSERT = """
            INSERT INTO invoice (order_id, customer, currency, total, version)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::numeric[], ?::bigint[])
            """;
    private static final String INSERT_LINES = """
            INSERT INTO invoice_line (order_id, line_id, sku, quantity, unit_price)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::integer[], ?::numeric[])
            """;
    // In the order of the ids, so that two transactions wait for each other, and not crosswise.
    private static final String LOCK =
            "SELECT order_id, total, version FROM invoice WHERE order_id = ANY (?::bigint[]) ORDER BY order_id FOR UPDATE";
    private static final String CREDITED =
            "SELECT order_id, version FROM credit_note WHERE order_id = ANY (?::bigint[])";
    private static final String UPDATE = """
            UPDATE invoice SET total = longer.total, version = longer.version
              FROM unnest(?::bigint[], ?::numeric[], ?::bigint[]) AS longer (order_id, total, version)
             WHERE invoice.order_id = longer.order_id
            """;
    private static final String CREDIT = """
            INSERT INTO credit_note (order_id, total, version)
            SELECT * FROM unnest(?::bigint[], ?::numeric[], ?::bigint[])
            """;
    private static final String CREDIT_LINES = """
            INSERT INTO credit_note_line (order_id, line_id, sku, quantity, unit_price)
            SELECT order_id, line_id, sku, quantity, unit_price FROM invoice_line WHERE order_id = ANY (?::bigint[])
            """;

    private static final String BIGINT = "bigint";
    private static final String NUMERIC = "numeric";
    private static final String TEXT = "text";

    private final DataSource dataSource;

    /** A line of an invoice or of many. */
    private record Line(long orderId, OrderLine line) {}

    InvoiceTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void insert(Collection<OrderPlaced> orders) throws SQLException {
        if (orders.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            bind(insert, 1, BIGINT, orders, OrderPlaced::orderId);
            bind(insert, 2, TEXT, orders, OrderPlaced::customer);
            bind(insert, 3, TEXT, orders, OrderPlaced::currency);
            bind(insert, 4, NUMERIC, orders, OrderPlaced::total);
            bind(insert, 5, BIGINT, orders, OrderPlaced::version);
            insert.executeUpdate();
            List<Line> lines = new ArrayList<>();
            orders.forEach(order -> order.lines().forEach(line -> lines.add(new Line(order.orderId(), line))));
            insertLines(connection, lines);
        }
    }

    /** Holds the invoices until the transaction ends. What is not there is not in the answer. */
    Map<Long, InvoiceBalance> lock(Collection<Long> orderIds) throws SQLException {
        Map<Long, InvoiceBalance> balances = new HashMap<>();
        if (orderIds.isEmpty()) {
            return balances;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(LOCK)) {
            bind(select, 1, BIGINT, orderIds, id -> id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long orderId = row.getLong(1);
                    balances.put(orderId, new InvoiceBalance(orderId, row.getBigDecimal(2), row.getLong(3), false));
                }
            }
            noteCredits(connection, balances);
        }
        return balances;
    }

    /** Looks for credit notes once the invoices are locked: one statement for both would look before it had waited. */
    private static void noteCredits(Connection connection, Map<Long, InvoiceBalance> balances) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CREDITED)) {
            bind(select, 1, BIGINT, balances.keySet(), id -> id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long version = row.getLong(2);
                    balances.computeIfPresent(
                            row.getLong(1),
                            (orderId, invoice) -> new InvoiceBalance(orderId, invoice.total(), version, true));
                }
            }
        }
    }

    /** Adds lines, each with what the invoice then says. */
    void update(Map<OrderLineAdded, InvoiceBalance> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            bind(update, 1, BIGINT, added.values(), InvoiceBalance::orderId);
            bind(update, 2, NUMERIC, added.values(), InvoiceBalance::total);
            bind(update, 3, BIGINT, added.values(), InvoiceBalance::version);
            update.executeUpdate();
            insertLines(
                    connection,
                    added.keySet().stream()
                            .map(event -> new Line(event.orderId(), event.line()))
                            .toList());
        }
    }

    /** Writes credit notes, each with all lines that the invoice has. */
    void credit(Collection<InvoiceBalance> balances) throws SQLException {
        if (balances.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(CREDIT);
                PreparedStatement insertLines = connection.prepareStatement(CREDIT_LINES)) {
            bind(insert, 1, BIGINT, balances, InvoiceBalance::orderId);
            bind(insert, 2, NUMERIC, balances, InvoiceBalance::total);
            bind(insert, 3, BIGINT, balances, InvoiceBalance::version);
            insert.executeUpdate();
            bind(insertLines, 1, BIGINT, balances, InvoiceBalance::orderId);
            insertLines.executeUpdate();
        }
    }

    private static void insertLines(Connection connection, Collection<Line> lines) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_LINES)) {
            bind(insert, 1, BIGINT, lines, Line::orderId);
            bind(insert, 2, BIGINT, lines, line -> line.line().lineId());
            bind(insert, 3, TEXT, lines, line -> line.line().sku());
            bind(insert, 4, "integer", lines, line -> line.line().quantity());
            bind(insert, 5, NUMERIC, lines, line -> line.line().unitPrice());
            insert.executeUpdate();
        }
    }

    /** A column of all of them as one parameter. */
    private static <T> void bind(
            PreparedStatement statement, int index, String type, Collection<T> rows, Function<T, Object> column)
            throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(column).toArray()));
    }
}
