package io.walpost.relay;

import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;

/** What waits to be handed over, in order. */
sealed interface Outgoing {

    /** An event for the publisher. */
    record Publish(RoutedEvent event) implements Outgoing {}

    /** The end of a transaction, for the flush tracker. */
    record Boundary(long endLsn, Instant committedAt) implements Outgoing {}
}
