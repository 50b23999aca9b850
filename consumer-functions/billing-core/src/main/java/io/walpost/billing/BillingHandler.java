package io.walpost.billing;

import io.walpost.billing.invoice.Invoicing;
import io.walpost.billing.order.OrderEvent;
import io.walpost.billing.order.OrderEventReader;
import io.walpost.consumer.BatchEffect;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.UnprocessableEventException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bills events of different orders.
 *
 * <p>A type that billing does not know is none of its business: the producer may publish types for others on the same
 * topic. It is counted as ignored and acknowledged. An event without a type, or whose payload is not what its type
 * promises, cannot be understood, and is a dead letter.
 */
@Singleton
class BillingHandler implements BatchEffect {

    private final OrderEventReader reader;
    private final Invoicing invoicing;

    BillingHandler(OrderEventReader reader, Invoicing invoicing) {
        this.reader = reader;
        this.invoicing = invoicing;
    }

    @Override
    public List<Outcome> handle(List<ReceivedEvent> events) throws SQLException {
        Outcome[] outcomes = new Outcome[events.size()];
        Map<OrderEvent, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            try {
                Optional<OrderEvent> event = reader.read(events.get(i));
                outcomes[i] = event.isPresent() ? new Outcome.Applied() : new Outcome.Ignored();
                if (event.isPresent()) {
                    places.put(event.get(), i);
                }
            } catch (UnprocessableEventException e) {
                outcomes[i] = Outcome.failed(e);
            }
        }
        invoicing
                .bill(List.copyOf(places.keySet()))
                .forEach((refused, why) -> outcomes[places.get(refused)] = Outcome.failed(why));
        return Arrays.asList(outcomes);
    }
}
