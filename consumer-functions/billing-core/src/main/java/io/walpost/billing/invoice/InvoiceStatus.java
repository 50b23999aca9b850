package io.walpost.billing.invoice;

/** Where an invoice stands. */
public enum InvoiceStatus {
    OPEN,
    /** The order was cancelled. Its lines and total stay as they were. */
    CANCELLED
}
