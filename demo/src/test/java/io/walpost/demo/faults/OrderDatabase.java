package io.walpost.demo.faults;

import io.walpost.demo.stage.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Writes what today's order service does not: events of other kinds, and those of a later version of it. */
final class OrderDatabase {

    private static final String EVENT =
            "INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, timestamp, payload)"
                    + " VALUES (?, 'order', ?, ?, now(), ?)";

    private static final String[] LATER_ORDER = {
        "INSERT INTO orders (id, version, customer, currency, status, total)"
                + " VALUES (%1$d, 1, 'later', 'EUR', 'PLACED', 25.00)",
        "INSERT INTO order_line (order_id, line_id, sku, quantity, unit_price) VALUES (%1$d, 1, 'book', 2, 12.50)"
    };

    /** With fields that nobody knows today, on each level. */
    private static final String LATER_PAYLOAD = """
            {"schema": 2, "orderId": %1$d, "version": 1, "channel": {"name": "app", "of": ["web", "app"]},
             "customer": "later", "currency": "EUR", "total": 25.00,
             "lines": [{"lineId": 1, "sku": "book", "quantity": 2, "unitPrice": 12.50, "giftWrap": true}],
             "order": {"id": %1$d, "version": 1, "customer": "later", "currency": "EUR", "status": "PLACED",
               "total": 25.00, "loyalty": {"points": 3},
               "lines": [{"lineId": 1, "sku": "book", "quantity": 2, "unitPrice": 12.50, "giftWrap": true}]}}
            """;

    private final Databases databases;

    OrderDatabase(Databases databases) {
        this.databases = databases;
    }

    /** An event that changes no order. */
    void publish(UUID eventId, long orderId, String type, String payload) throws SQLException {
        try (Connection connection = databases.connectToOrders()) {
            publish(connection, eventId, orderId, type, payload);
        }
    }

    /** An order with an event of a later schema, in one transaction. Returns its id. */
    long placeByLaterSchema() throws SQLException {
        try (Connection connection = databases.connectToOrders();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long orderId;
            try (ResultSet row = statement.executeQuery("SELECT nextval('order_id_seq')")) {
                row.next();
                orderId = row.getLong(1);
            }
            for (String sql : LATER_ORDER) {
                statement.execute(sql.formatted(orderId));
            }
            publish(connection, UUID.randomUUID(), orderId, "OrderPlaced", LATER_PAYLOAD.formatted(orderId));
            connection.commit();
            return orderId;
        }
    }

    private static void publish(Connection connection, UUID eventId, long orderId, String type, String payload)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
            insert.setObject(1, eventId);
            insert.setString(2, Long.toString(orderId));
            insert.setString(3, type);
            insert.setString(4, payload);
            insert.executeUpdate();
        }
    }
}
