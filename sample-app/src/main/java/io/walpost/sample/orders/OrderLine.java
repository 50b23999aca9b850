package io.walpost.sample.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;

/**
 * One line of an order. Its number is its place in the order, counted from 1.
 *
 * @param sku what is ordered
 * @param quantity how many
 * @param unitPrice the price of one, in the order's currency
 */
@Embeddable
public record OrderLine(
        String sku,
        int quantity,
        @Column(name = "unit_price") BigDecimal unitPrice) {

    public OrderLine {
        unitPrice = Money.exact(unitPrice);
    }

    /** What the line costs. */
    BigDecimal amount() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
