package io.walpost.billing.order;

import java.math.BigDecimal;
import java.util.List;

/** An order was placed. Its total is the sum of its lines. */
public record OrderPlaced(
        long orderId, long version, String customer, String currency, List<OrderLine> lines, BigDecimal total)
        implements OrderEvent {

    public OrderPlaced {
        Checks.positive("version", version);
        Checks.text("customer", customer);
        Checks.currency(currency);
        lines = List.copyOf(lines);
        total = Money.of("total", total);
        BigDecimal sum = lines.stream().map(OrderLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(total) != 0) {
            throw new IllegalArgumentException("total is not the sum of the lines");
        }
    }
}
