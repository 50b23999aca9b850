package io.walpost.billing.order;

import java.math.BigDecimal;

/** Amounts as the tables keep them, {@code numeric(12,2)}: exact, never rounded. */
final class Money {

    /** Ten digits before the point and two behind it. */
    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(10);

    private static final int SCALE = 2;

    private Money() {}

    /**
     * The same amount with two decimals.
     *
     * @throws IllegalArgumentException if it is negative, too large or finer than that; the database would round it
     */
    static BigDecimal of(String field, BigDecimal amount) {
        // The size first: to write out 1E+999999999 would take a gigabyte.
        if (amount.signum() < 0 || amount.compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException(field + " is negative or has more than ten digits before the point");
        }
        if (amount.stripTrailingZeros().scale() > SCALE) {
            throw new IllegalArgumentException(field + " has more than two decimals");
        }
        return amount.setScale(SCALE);
    }
}
