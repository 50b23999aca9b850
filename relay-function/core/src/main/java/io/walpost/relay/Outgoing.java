package io.walpost.relay;

import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;

/** What waits to be handed over, in order. */
sealed interface Outgoing {

    /** When its transaction committed. */
    Instant committedAt();

    /**
     * An event for the publisher.
     *
     * @param decided whether it may be published as it is
     */
    record Publish(RoutedEvent event, Instant committedAt, boolean decided) implements Outgoing {}

    /** An event that has no topic. */
    record Unrouted(RoutedEvent event, PoisonException refusal, Instant committedAt) implements Outgoing {}

    /** An event that cannot be published and is waited at, with all that is behind it. */
    record Refused(RelayException cause, Instant committedAt) implements Outgoing {}

    /** The end of a transaction, for the flush tracker. */
    record End(long endLsn, Instant committedAt) implements Outgoing {}
}
