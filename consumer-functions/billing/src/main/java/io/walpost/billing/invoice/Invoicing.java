package io.walpost.billing.invoice;

import io.walpost.billing.order.OrderCancelled;
import io.walpost.billing.order.OrderEvent;
import io.walpost.billing.order.OrderLineAdded;
import io.walpost.billing.order.OrderPlaced;
import io.walpost.consumer.UnprocessableEventException;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** What each event of an order means for its invoice. Runs in the transaction of the calling thread. */
@Singleton
public class Invoicing {

    private final InvoiceTable invoices;

    Invoicing(InvoiceTable invoices) {
        this.invoices = invoices;
    }

    /** @throws UnprocessableEventException if the event contradicts the invoice, or there is none for it to change */
    public void bill(OrderEvent event) throws SQLException, UnprocessableEventException {
        switch (event) {
            case OrderPlaced placed -> invoices.insert(placed);
            case OrderLineAdded added -> {
                invoices.update(invoiceOf(added).with(added));
                invoices.insertLine(added.orderId(), added.line());
            }
            case OrderCancelled cancelled ->
                invoices.credit(invoiceOf(cancelled).cancelledBy(cancelled));
        }
    }

    private InvoiceBalance invoiceOf(OrderEvent event) throws SQLException, UnprocessableEventException {
        return invoices.lock(event.orderId())
                .orElseThrow(
                        () -> new UnprocessableEventException("The order has no invoice; was its OrderPlaced billed?"));
    }
}
