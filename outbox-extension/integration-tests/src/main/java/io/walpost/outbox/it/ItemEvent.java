package io.walpost.outbox.it;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;

/** What several events have in common, their aggregate id included. */
public sealed interface ItemEvent {

    @AggregateId
    ItemNumber number();

    /** An id with a text of its own. */
    record ItemNumber(int value) {

        @Override
        public String toString() {
            return "item-" + value;
        }
    }

    /** An event whose aggregate id is declared by its interface. */
    @AggregateEvent(aggregateType = "item", type = "Renamed")
    record Renamed(ItemNumber number, String name) implements ItemEvent {}
}
