package io.walpost.billing.invoice;

/** Where an invoice stands. */
public enum InvoiceStatus {
    OPEN,
    /** The order was cancelled. The invoice stays as it was; a credit note gives back what it asked for. */
    CANCELLED
}
