package io.walpost.billing.invoice;

import java.math.BigDecimal;
import java.util.List;

/**
 * The invoice of an order; there is one per order.
 *
 * @param version the version of the order that it stands for, together with its credit note
 * @param creditNote null unless the order was cancelled
 */
public record Invoice(
        long orderId,
        String customer,
        String currency,
        InvoiceStatus status,
        BigDecimal total,
        long version,
        List<InvoiceLine> lines,
        CreditNote creditNote) {

    public Invoice {
        lines = List.copyOf(lines);
    }
}
