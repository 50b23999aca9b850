package io.walpost.sample.orders.event;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.sample.orders.Order;
import io.walpost.sample.orders.OrderView;
import java.math.BigDecimal;

/** An order got one more line, and with it a new total. */
@AggregateEvent(aggregateType = "order", type = "OrderLineAdded")
public record OrderLineAdded(@AggregateId long orderId, int version, Line line, BigDecimal total, OrderView order) {

    public static OrderLineAdded of(Order order, int lineId) {
        return new OrderLineAdded(
                order.id(), order.version(), Line.of(order, lineId), order.total(), OrderView.of(order));
    }
}
