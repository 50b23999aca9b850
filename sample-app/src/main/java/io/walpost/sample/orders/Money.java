package io.walpost.sample.orders;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts have two decimals, like the columns they are stored in. */
final class Money {

    private static final int DECIMALS = 2;

    static final BigDecimal ZERO = exact(BigDecimal.ZERO);

    private Money() {}

    /** @throws ArithmeticException if the amount has more than two decimals; nothing is ever rounded */
    static BigDecimal exact(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.UNNECESSARY);
    }
}
