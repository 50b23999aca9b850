package io.walpost.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/** An order as an event carries it, and as the index holds it. Whatever else an event says of it is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderState(
        Long id,
        Long version,
        String customer,
        String currency,
        String status,
        String cancelReason,
        BigDecimal total,
        List<Line> lines) {

    /** A line of the order. */
    record Line(Long lineId, String sku, Long quantity, BigDecimal unitPrice) {
        Line {
            Checks.present("order.lines.lineId", lineId);
            Checks.present("order.lines.sku", sku);
            Checks.present("order.lines.quantity", quantity);
            Checks.present("order.lines.unitPrice", unitPrice);
        }
    }

    /** @throws IllegalArgumentException naming the field that is missing; only the reason of a cancellation may be */
    OrderState {
        Checks.present("order.id", id);
        Checks.present("order.version", version);
        Checks.present("order.customer", customer);
        Checks.present("order.currency", currency);
        Checks.present("order.status", status);
        Checks.present("order.total", total);
        Checks.present("order.lines", lines);
        lines.forEach(line -> Checks.present("order.lines", line));
    }
}
