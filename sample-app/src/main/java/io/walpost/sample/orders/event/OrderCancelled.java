package io.walpost.sample.orders.event;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.sample.orders.Order;

/** An order was cancelled; no event of it follows. */
@AggregateEvent(aggregateType = "order", type = "OrderCancelled")
public record OrderCancelled(@AggregateId long orderId, int version, String reason) {

    public static OrderCancelled of(Order order) {
        return new OrderCancelled(order.id(), order.version(), order.cancelReason());
    }
}
