package io.walpost.sample.orders.event;

import io.walpost.sample.orders.Order;
import io.walpost.sample.orders.OrderLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** A line of an order within an event; {@code lineId} is its place in the order, counted from 1. */
public record Line(int lineId, String sku, int quantity, BigDecimal unitPrice) {

    static List<Line> of(Order order) {
        List<OrderLine> lines = order.lines();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> of(i + 1, lines.get(i)))
                .toList();
    }

    static Line of(Order order, int lineId) {
        return of(lineId, order.lines().get(lineId - 1));
    }

    private static Line of(int lineId, OrderLine line) {
        return new Line(lineId, line.sku(), line.quantity(), line.unitPrice());
    }
}
