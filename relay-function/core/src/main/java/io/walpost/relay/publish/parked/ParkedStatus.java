package io.walpost.relay.publish.parked;

import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.Parking;

/**
 * A parked key.
 *
 * @param letters how many dead letters wait for its release
 */
public record ParkedStatus(ParkedKey key, Parking parking, long letters) {}
