package io.walpost.billing.invoice;

import java.math.BigDecimal;

/** A line of an invoice. */
public record InvoiceLine(long lineId, String sku, int quantity, BigDecimal unitPrice) {}
