package io.walpost.sample.orders;

import java.math.BigDecimal;

/** The order came out at more than its credit limit, so that everything written for the change was rolled back. */
public final class CreditLimitExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long orderId;

    CreditLimitExceededException(Order order, BigDecimal limit) {
        super("the total of " + order.total().toPlainString() + " " + order.currency() + " exceeds the credit limit of "
                + limit.toPlainString() + ": the change of order " + order.id() + " and its event were rolled back");
        orderId = order.id();
    }

    /** The order that the change was about; after a refused placement it does not exist. */
    public long orderId() {
        return orderId;
    }
}
