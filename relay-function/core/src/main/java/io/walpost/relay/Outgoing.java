package io.walpost.relay;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;

/** What waits to be handed over, in order. */
sealed interface Outgoing {

    /** When its transaction committed. */
    Instant committedAt();

    /** An event for the publisher. */
    record Publish(RoutedEvent event, Instant committedAt) implements Outgoing {}

    /** An event of which nothing can be made: what is behind it waits. */
    record Refused(RelayException cause, Instant committedAt) implements Outgoing {}

    /** The end of a transaction, for the flush tracker. */
    record End(long endLsn, Instant committedAt) implements Outgoing {}
}
