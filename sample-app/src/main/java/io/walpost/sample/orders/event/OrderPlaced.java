package io.walpost.sample.orders.event;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.sample.orders.Order;
import io.walpost.sample.orders.OrderView;
import java.math.BigDecimal;
import java.util.List;

/** An order was placed. {@code version} counts the order's changes from 1. */
@AggregateEvent(aggregateType = "order", type = "OrderPlaced")
public record OrderPlaced(
        @AggregateId long orderId,
        int version,
        String customer,
        String currency,
        List<Line> lines,
        BigDecimal total,
        OrderView order) {

    public static OrderPlaced of(Order order) {
        return new OrderPlaced(
                order.id(),
                order.version(),
                order.customer(),
                order.currency(),
                Line.of(order),
                order.total(),
                OrderView.of(order));
    }
}
