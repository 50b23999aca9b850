package io.walpost.sample.orders.event;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.sample.orders.Order;
import io.walpost.sample.orders.OrderView;

/** An order was cancelled; only its deletion can follow. */
@AggregateEvent(aggregateType = "order", type = "OrderCancelled")
public record OrderCancelled(@AggregateId long orderId, int version, String reason, OrderView order) {

    public static OrderCancelled of(Order order) {
        return new OrderCancelled(order.id(), order.version(), order.cancelReason(), OrderView.of(order));
    }
}
