package io.walpost.bench.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** An order as it is after one of its events; its JSON is the snapshot that the order service puts into the event. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderState(
        long id,
        long version,
        String customer,
        String currency,
        String status,
        String cancelReason,
        BigDecimal total,
        List<Line> lines) {

    static final String PLACED = "PLACED";
    static final String CANCELLED = "CANCELLED";

    /** A line; {@code lineId} counts from 1. */
    public record Line(int lineId, String sku, int quantity, BigDecimal unitPrice) {
        BigDecimal amount() {
            return unitPrice.multiply(BigDecimal.valueOf(quantity));
        }
    }

    static OrderState placed(long id, String customer, String currency, List<Line> lines) {
        return new OrderState(id, 1, customer, currency, PLACED, null, sum(lines), lines);
    }

    OrderState with(Line line) {
        List<Line> more = Stream.concat(lines.stream(), Stream.of(line)).toList();
        return new OrderState(id, version + 1, customer, currency, status, null, sum(more), more);
    }

    OrderState cancelled(String reason) {
        return new OrderState(id, version + 1, customer, currency, CANCELLED, reason, total, lines);
    }

    public boolean isCancelled() {
        return status.equals(CANCELLED);
    }

    private static BigDecimal sum(List<Line> lines) {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
