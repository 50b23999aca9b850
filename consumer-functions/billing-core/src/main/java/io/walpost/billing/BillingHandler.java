package io.walpost.billing;

import io.walpost.billing.invoice.Invoicing;
import io.walpost.billing.order.OrderEvent;
import io.walpost.billing.order.OrderEventReader;
import io.walpost.consumer.EventHandler;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Bills one event of an order.
 *
 * <p>A type that billing does not know is none of its business: the producer may publish types for others on the same
 * topic. It is counted as ignored and acknowledged. An event without a type, or whose payload is not what its type
 * promises, cannot be understood, and is a dead letter.
 */
@Singleton
class BillingHandler implements EventHandler {

    private final OrderEventReader reader;
    private final Invoicing invoicing;

    BillingHandler(OrderEventReader reader, Invoicing invoicing) {
        this.reader = reader;
        this.invoicing = invoicing;
    }

    @Override
    public Outcome handle(ReceivedEvent event) throws Exception {
        Optional<OrderEvent> orderEvent = reader.read(event);
        if (orderEvent.isEmpty()) {
            return new Outcome.Ignored();
        }
        invoicing.bill(orderEvent.get());
        return new Outcome.Applied();
    }
}
