package io.walpost.bench.measure;

import io.walpost.bench.orders.OrderEvent;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Events of orders, one a transaction. Those of an order are committed by one writer, and so in their order. */
record OrderRows(String aggregateType, List<OrderEvent> events) implements Transactions {

    @Override
    public String insert() {
        return "INSERT INTO outboxevent VALUES (?, ?, ?, ?, clock_timestamp(), ?, NULL)";
    }

    @Override
    public int writer(int transaction, int writers) {
        return (int) (events.get(transaction).orderId() % writers);
    }

    @Override
    public void bind(PreparedStatement insert, int transaction) throws SQLException {
        OrderEvent event = events.get(transaction);
        insert.setObject(1, event.id());
        insert.setString(2, aggregateType);
        insert.setString(3, Long.toString(event.orderId()));
        insert.setString(4, event.type());
        insert.setString(5, new String(event.payload(), StandardCharsets.UTF_8));
    }
}
