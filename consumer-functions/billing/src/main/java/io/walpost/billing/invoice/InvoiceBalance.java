package io.walpost.billing.invoice;

import io.walpost.billing.order.OrderCancelled;
import io.walpost.billing.order.OrderEvent;
import io.walpost.billing.order.OrderLineAdded;
import io.walpost.consumer.UnprocessableEventException;
import java.math.BigDecimal;

/**
 * What later events of an order build on, and the rules by which they do.
 *
 * @param version the latest version of the order that invoice or credit note stand for
 * @param cancelled whether there is a credit note
 */
record InvoiceBalance(long orderId, BigDecimal total, long version, boolean cancelled) {

    InvoiceBalance with(OrderLineAdded added) throws UnprocessableEventException {
        requireNext(added);
        if (cancelled) {
            throw new UnprocessableEventException("A line was added to an order whose invoice is cancelled");
        }
        // Also finds what is missing: a line that went to the dead letters is in the order's total.
        if (total.add(added.line().amount()).compareTo(added.total()) != 0) {
            throw new UnprocessableEventException("The order's total is not the invoice's total plus the added line");
        }
        return new InvoiceBalance(orderId, added.total(), added.version(), false);
    }

    /** What the credit note then says. */
    InvoiceBalance cancelledBy(OrderCancelled cancellation) throws UnprocessableEventException {
        requireNext(cancellation);
        if (cancelled) {
            throw new UnprocessableEventException("The invoice is cancelled already");
        }
        return new InvoiceBalance(orderId, total, cancellation.version(), true);
    }

    /** Greater, not greater by one: events that are not billing's business count too. */
    private void requireNext(OrderEvent event) throws UnprocessableEventException {
        if (event.version() <= version) {
            throw new UnprocessableEventException(
                    "The event has version " + event.version() + " of its order, the invoice is at " + version);
        }
    }
}
