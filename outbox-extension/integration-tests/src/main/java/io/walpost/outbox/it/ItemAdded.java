package io.walpost.outbox.it;

import io.walpost.outbox.AggregateEvent;
import io.walpost.outbox.AggregateId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** An event as a record; its type is the name of the class. */
@AggregateEvent(aggregateType = "Item")
public record ItemAdded(@AggregateId UUID id, String name, BigDecimal price, Instant addedAt) {}
