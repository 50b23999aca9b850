package io.walpost.sample.orders.api;

import io.walpost.sample.orders.OrderLine;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;

/**
 * A line as a client orders it. The bounds keep the largest order's total within {@code numeric(12, 2)}. A price has a
 * maximum besides its digits, because the count of the digits of {@code 1E2147483647} overflows.
 */
record LineRequest(
        @PlainText @Size(max = 64) String sku,
        @NotNull @Min(1) @Max(1000) Integer quantity,

        @NotNull @DecimalMin("0.01") @DecimalMax("99999.99") @Digits(integer = 5, fraction = 2)
        BigDecimal unitPrice) {

    OrderLine toLine() {
        return new OrderLine(sku, quantity, unitPrice);
    }
}
