package io.walpost.outbox.it;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;

/** An event as a class, identified by a method that is no part of its JSON. */
@AggregateEvent(aggregateType = "item", type = "Removed")
public class ItemRemoved {

    @JsonProperty
    private final String shelf;

    @JsonProperty
    private final long place;

    public ItemRemoved(String shelf, long place) {
        this.shelf = shelf;
        this.place = place;
    }

    @AggregateId
    @JsonIgnore
    String key() {
        return shelf == null ? null : shelf + "/" + place;
    }
}
