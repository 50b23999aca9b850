package io.walpost.relay.poison;

import java.time.Instant;

/**
 * Why a key is parked.
 *
 * @param eventId the event that it is parked for
 * @param kind the label of its {@link io.walpost.relay.failure.PoisonKind}
 * @param reason in words
 * @param commitLsn of that event
 */
public record Parking(String eventId, String kind, String reason, String commitLsn, Instant since) {}
