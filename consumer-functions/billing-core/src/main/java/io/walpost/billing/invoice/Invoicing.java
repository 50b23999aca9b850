package io.walpost.billing.invoice;

import io.walpost.billing.order.OrderCancelled;
import io.walpost.billing.order.OrderEvent;
import io.walpost.billing.order.OrderLineAdded;
import io.walpost.billing.order.OrderPlaced;
import io.walpost.consumer.UnprocessableEventException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What events of orders mean for their invoices. Runs in the transaction of the calling thread. */
@Singleton
public class Invoicing {

    private final InvoiceTable invoices;

    Invoicing(InvoiceTable invoices) {
        this.invoices = invoices;
    }

    /**
     * Bills events of different orders; of those that it refuses nothing is written.
     *
     * @return those that contradict their invoice, or have none to change, with the reason
     */
    public Map<OrderEvent, UnprocessableEventException> bill(List<OrderEvent> events) throws SQLException {
        List<OrderPlaced> placed = new ArrayList<>();
        List<OrderEvent> changes = new ArrayList<>();
        for (OrderEvent event : events) {
            if (event instanceof OrderPlaced order) {
                placed.add(order);
            } else {
                changes.add(event);
            }
        }
        invoices.insert(placed);
        return change(changes);
    }

    private Map<OrderEvent, UnprocessableEventException> change(List<OrderEvent> changes) throws SQLException {
        Map<Long, InvoiceBalance> balances =
                invoices.lock(changes.stream().map(OrderEvent::orderId).toList());
        Map<OrderEvent, UnprocessableEventException> refused = new HashMap<>();
        Map<OrderLineAdded, InvoiceBalance> longer = new HashMap<>();
        List<InvoiceBalance> cancelled = new ArrayList<>();
        for (OrderEvent change : changes) {
            try {
                InvoiceBalance balance = invoiceOf(change, balances);
                switch (change) {
                    case OrderLineAdded added -> longer.put(added, balance.with(added));
                    case OrderCancelled cancellation -> cancelled.add(balance.cancelledBy(cancellation));
                    case OrderPlaced order -> throw new IllegalArgumentException("Changes nothing");
                }
            } catch (UnprocessableEventException e) {
                refused.put(change, e);
            }
        }
        invoices.update(longer);
        invoices.credit(cancelled);
        return refused;
    }

    private static InvoiceBalance invoiceOf(OrderEvent event, Map<Long, InvoiceBalance> balances)
            throws UnprocessableEventException {
        InvoiceBalance balance = balances.get(event.orderId());
        if (balance == null) {
            throw new UnprocessableEventException("The order has no invoice; was its OrderPlaced billed?");
        }
        return balance;
    }
}
