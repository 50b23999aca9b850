package io.walpost.billing.order;

import java.math.BigDecimal;

/** A line of an order. */
public record OrderLine(long lineId, String sku, int quantity, BigDecimal unitPrice) {

    public OrderLine {
        Checks.text("sku", sku);
        Checks.positive("quantity", quantity);
        unitPrice = Money.of("unitPrice", unitPrice);
    }

    /** What the line adds to the total. */
    public BigDecimal amount() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
