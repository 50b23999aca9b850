package io.walpost.billing.invoice;

import io.walpost.billing.order.OrderEvent;
import io.walpost.billing.order.OrderLineAdded;
import io.walpost.consumer.UnprocessableEventException;
import java.math.BigDecimal;

/** The part of an invoice that later events change, and the rules by which they do. */
record InvoiceBalance(long orderId, InvoiceStatus status, BigDecimal total, long version) {

    InvoiceBalance with(OrderLineAdded added) throws UnprocessableEventException {
        requireNext(added);
        if (status == InvoiceStatus.CANCELLED) {
            throw new UnprocessableEventException("A line was added to an order whose invoice is cancelled");
        }
        // Also finds what is missing: a line that went to the dead letters is in the order's total.
        if (total.add(added.line().amount()).compareTo(added.total()) != 0) {
            throw new UnprocessableEventException("The order's total is not the invoice's total plus the added line");
        }
        return new InvoiceBalance(orderId, status, added.total(), added.version());
    }

    InvoiceBalance cancelledBy(OrderEvent cancellation) throws UnprocessableEventException {
        requireNext(cancellation);
        return new InvoiceBalance(orderId, InvoiceStatus.CANCELLED, total, cancellation.version());
    }

    /** Greater, not greater by one: events that are not billing's business count too. */
    private void requireNext(OrderEvent event) throws UnprocessableEventException {
        if (event.version() <= version) {
            throw new UnprocessableEventException(
                    "The event has version " + event.version() + " of its order, the invoice is at " + version);
        }
    }
}
