package io.walpost.demo.check;

import java.math.BigDecimal;

/**
 * What one side knows of an order; both sides must know the same.
 *
 * @param version how many changes are in it
 * @param lines how many lines it has
 * @param linesTotal what these lines come to
 */
record Account(long version, boolean cancelled, BigDecimal total, int lines, BigDecimal linesTotal) {

    @Override
    public String toString() {
        return "version %d, %s, total %s, %d lines that come to %s"
                .formatted(version, cancelled ? "cancelled" : "not cancelled", total, lines, linesTotal);
    }
}
