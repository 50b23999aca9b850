package io.walpost.sample.orders.event;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import io.walpost.sample.orders.Order;

/** An order was erased, and no event of it follows. Says nothing of what was in it. */
@AggregateEvent(aggregateType = "order", type = "OrderDeleted")
public record OrderDeleted(@AggregateId long orderId, int version) {

    /** @param order before it is erased; the version that would have been its next is the event's */
    public static OrderDeleted of(Order order) {
        return new OrderDeleted(order.id(), order.version() + 1);
    }
}
