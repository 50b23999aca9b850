package io.walpost.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Many orders in one transaction, with the rows and events that the order service would write for each. */
final class BulkOrders {

    private static final String[] STATEMENTS = {
        "CREATE TEMPORARY TABLE bulk ON COMMIT DROP AS"
                + " SELECT nextval('order_id_seq') AS id FROM generate_series(1, %d)",
        "INSERT INTO orders (id, version, customer, currency, status, total)"
                + " SELECT id, 2, 'bulk', 'EUR', 'PLACED', 26.20 FROM bulk",
        "INSERT INTO order_line (order_id, line_id, sku, quantity, unit_price) SELECT id, 1, 'book', 2, 12.50 FROM bulk",
        "INSERT INTO order_line (order_id, line_id, sku, quantity, unit_price) SELECT id, 2, 'pen', 1, 1.20 FROM bulk",
        """
        INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, timestamp, payload)
        SELECT gen_random_uuid(), 'order', id::text, 'OrderPlaced', now(), json_build_object(
                 'orderId', id, 'version', 1, 'customer', 'bulk', 'currency', 'EUR',
                 'lines', json_build_array(json_build_object(
                   'lineId', 1, 'sku', 'book', 'quantity', 2, 'unitPrice', 12.50)),
                 'total', 25.00)::text
          FROM bulk ORDER BY id
        """,
        """
        INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, timestamp, payload)
        SELECT gen_random_uuid(), 'order', id::text, 'OrderLineAdded', now(), json_build_object(
                 'orderId', id, 'version', 2,
                 'line', json_build_object('lineId', 2, 'sku', 'pen', 'quantity', 1, 'unitPrice', 1.20),
                 'total', 26.20)::text
          FROM bulk ORDER BY id
        """
    };

    static final int EVENTS_PER_ORDER = 2;

    private BulkOrders() {}

    /** Commits that many orders, each of two events. All first events are before all second ones. */
    static void commit(Connection connection, int orders) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql.formatted(orders));
            }
        }
        connection.commit();
    }
}
