package io.walpost.sample.orders;

/** Where an order stands. */
public enum OrderStatus {
    PLACED,
    CANCELLED
}
