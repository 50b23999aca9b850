package io.walpost.relay.backfill;

import java.util.BitSet;
import java.util.UUID;

/** Ids of a known number: 20 bytes each, whatever their number. An id that is removed leaves its place occupied. */
final class IdSet {

    private static final double ROOM = 1.25;

    private final long[] high;
    private final long[] low;
    private final BitSet occupied;
    private final BitSet removed;
    private int size;

    /** @param capacity how many ids will be added at most */
    IdSet(int capacity) {
        int places = Math.toIntExact((long) (capacity * ROOM) + 1);
        this.high = new long[places];
        this.low = new long[places];
        this.occupied = new BitSet(places);
        this.removed = new BitSet(places);
    }

    void add(UUID id) {
        int place = find(id);
        if (!occupied.get(place)) {
            high[place] = id.getMostSignificantBits();
            low[place] = id.getLeastSignificantBits();
            occupied.set(place);
            size++;
        }
    }

    /** Whether it was there. */
    boolean remove(UUID id) {
        int place = find(id);
        if (!occupied.get(place) || removed.get(place)) {
            return false;
        }
        removed.set(place);
        size--;
        return true;
    }

    boolean contains(UUID id) {
        int place = find(id);
        return occupied.get(place) && !removed.get(place);
    }

    int size() {
        return size;
    }

    /** The place of the id, or the free one where it belongs. */
    private int find(UUID id) {
        int place = (int) Math.unsignedMultiplyHigh(mix(id), high.length);
        while (occupied.get(place)
                && (high[place] != id.getMostSignificantBits() || low[place] != id.getLeastSignificantBits())) {
            place = place + 1 == high.length ? 0 : place + 1;
        }
        return place;
    }

    /** Spreads ids that begin alike, as those with a time in them do, over all bits. */
    private static long mix(UUID id) {
        long bits = id.getMostSignificantBits() * 0x9E37_79B9_7F4A_7C15L ^ id.getLeastSignificantBits();
        bits = (bits ^ bits >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        return (bits ^ bits >>> 32) * 0xD6E8_FEB8_6659_FD93L;
    }
}
