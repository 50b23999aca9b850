package io.walpost.relay.poison;

import java.util.Map;

/** A record of the topic of parked keys. */
public sealed interface ParkedRecord {

    ParkedKey key();

    /** The key is parked. */
    record Parked(ParkedKey key, Parking parking) implements ParkedRecord {}

    /** The key is not parked any more. */
    record Released(ParkedKey key) implements ParkedRecord {}

    /**
     * Somebody has republished the dead letters of a key, and asks for its release.
     *
     * @param readTo for each partition of the dead letters, up to where it was read, itself not included
     * @param lastEventId of the last letter of the key; empty if there is none
     */
    record ReleaseRequest(ParkedKey key, Map<Integer, Long> readTo, String lastEventId) implements ParkedRecord {

        /** Whether each partition was read as far as it reaches here. */
        boolean covers(Map<Integer, Long> ends) {
            return ends.entrySet().stream().allMatch(end -> readTo.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }
    }

    /** The request is answered. */
    record RequestDone(ParkedKey key) implements ParkedRecord {}
}
