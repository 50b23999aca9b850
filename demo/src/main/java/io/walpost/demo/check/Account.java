package io.walpost.demo.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What one side knows of an order; all sides must know the same.
 *
 * @param version how many changes are in it
 * @param lines how many lines it has
 * @param linesTotal what these lines come to
 */
record Account(long version, boolean cancelled, BigDecimal total, int lines, BigDecimal linesTotal) {

    private static final int DECIMALS = 2;

    /**
     * Of an order as the order service writes it, and as cache and index hold it.
     *
     * @throws IllegalArgumentException if a field is missing
     */
    static Account of(JsonNode order) {
        BigDecimal linesTotal = BigDecimal.ZERO;
        for (JsonNode line : order.required("lines")) {
            linesTotal = linesTotal.add(amount(line, "unitPrice").multiply(amount(line, "quantity")));
        }
        return new Account(
                order.required("version").longValue(),
                order.required("status").textValue().equals("CANCELLED"),
                amount(order, "total"),
                order.required("lines").size(),
                linesTotal.setScale(DECIMALS));
    }

    /** By its text, which a parser may have kept as a binary fraction otherwise. */
    private static BigDecimal amount(JsonNode node, String field) {
        return new BigDecimal(node.required(field).asText()).setScale(DECIMALS);
    }

    @Override
    public String toString() {
        return "version %d, %s, total %s, %d lines that come to %s"
                .formatted(version, cancelled ? "cancelled" : "not cancelled", total, lines, linesTotal);
    }
}
