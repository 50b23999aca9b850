package io.walpost.sample.orders;

/** There is no such order. */
public final class OrderNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OrderNotFoundException(long orderId) {
        super("there is no order " + orderId);
    }
}
