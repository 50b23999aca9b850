package io.walpost.billing.order;

/** An order was cancelled. Why does not matter to billing. */
public record OrderCancelled(long orderId, long version) implements OrderEvent {

    public OrderCancelled {
        Checks.positive("version", version);
    }
}
