package io.walpost.relay.publish.parked;

import io.walpost.relay.poison.ParkedKey;

/** How the release of a key went. */
public sealed interface ReleaseOutcome {

    ParkedKey key();

    /** How many events were handed to Kafka again; all are durable if the key is released. */
    long republished();

    /** The relay publishes the key's events again. */
    record Released(ParkedKey key, long republished) implements ReleaseOutcome {}

    /** An event still cannot be published; the key stays parked. */
    record Refused(ParkedKey key, long republished, String eventId, String reason, String hint)
            implements ReleaseOutcome {}

    /** No relay has let the key go in time: none runs, or it is busy or stalled. The key stays parked. */
    record NotAnswered(ParkedKey key, long republished) implements ReleaseOutcome {}
}
