package io.walpost.billing.order;

/**
 * What happened to an order. An instance is valid: a constructor refuses what cannot be billed with an
 * IllegalArgumentException that quotes no value.
 */
public sealed interface OrderEvent permits OrderPlaced, OrderLineAdded, OrderCancelled {

    long orderId();

    /** Counts the changes of the order: 1, 2, 3… */
    long version();
}
