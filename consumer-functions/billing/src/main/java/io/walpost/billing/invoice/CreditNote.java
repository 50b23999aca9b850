package io.walpost.billing.invoice;

import java.math.BigDecimal;
import java.util.List;

/** What a cancellation gives back: all of the invoice. */
public record CreditNote(BigDecimal total, List<InvoiceLine> lines) {

    public CreditNote {
        lines = List.copyOf(lines);
    }
}
