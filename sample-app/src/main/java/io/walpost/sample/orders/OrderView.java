package io.walpost.sample.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An order as it was when the transaction that read or changed it ended. Its JSON is an answer of the service and a part of
 * its events.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        long id,
        int version,
        String customer,
        String currency,
        OrderStatus status,
        String cancelReason,
        BigDecimal total,
        List<LineView> lines) {

    /** A line with its number. */
    public record LineView(int lineId, String sku, int quantity, BigDecimal unitPrice) {}

    public static OrderView of(Order order) {
        List<OrderLine> lines = order.lines();
        return new OrderView(
                order.id(),
                order.version(),
                order.customer(),
                order.currency(),
                order.status(),
                order.cancelReason(),
                order.total(),
                IntStream.range(0, lines.size())
                        .mapToObj(i -> view(i + 1, lines.get(i)))
                        .toList());
    }

    private static LineView view(int lineId, OrderLine line) {
        return new LineView(lineId, line.sku(), line.quantity(), line.unitPrice());
    }
}
