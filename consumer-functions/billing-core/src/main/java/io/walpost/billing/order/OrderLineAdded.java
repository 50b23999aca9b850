package io.walpost.billing.order;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A line was added to an order.
 *
 * @param total the order's total with the line
 */
public record OrderLineAdded(long orderId, long version, OrderLine line, BigDecimal total) implements OrderEvent {

    public OrderLineAdded {
        Checks.positive("version", version);
        Objects.requireNonNull(line, "line");
        total = Money.of("total", total);
    }
}
