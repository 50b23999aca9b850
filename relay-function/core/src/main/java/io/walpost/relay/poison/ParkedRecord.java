package io.walpost.relay.poison;

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
     * @param partition of the dead letters
     * @param offset up to where that partition was read, itself not included
     * @param lastEventId of the last letter of the key in it
     */
    record ReleaseRequest(ParkedKey key, int partition, long offset, String lastEventId) implements ParkedRecord {}

    /** The request is answered. */
    record RequestDone(ParkedKey key) implements ParkedRecord {}
}
