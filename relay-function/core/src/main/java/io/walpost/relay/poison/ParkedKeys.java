package io.walpost.relay.poison;

import io.walpost.relay.poison.ParkedRecord.Parked;
import io.walpost.relay.poison.ParkedRecord.ReleaseRequest;
import io.walpost.relay.poison.ParkedRecord.Released;
import io.walpost.relay.poison.ParkedRecord.RequestDone;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which keys are parked, and who may be let go. Owned by the session's thread. */
final class ParkedKeys {

    /** How long a key's next event waits for a command that is about to have republished everything. */
    static final long HOLD = Duration.ofSeconds(1).toNanos();

    private final LongSupplier ticker;
    private final Map<ParkedKey, Entry> entries = new HashMap<>();
    private final Deque<ParkedRecord> notices = new ArrayDeque<>();
    private Map<Integer, Long> deadLetterEnds = Map.of();

    ParkedKeys(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Takes in what was there before this session. */
    void load(ParkedLog.Snapshot snapshot) {
        deadLetterEnds = snapshot.deadLetterEnds();
        Map<ParkedKey, ReleaseRequest> requests = new HashMap<>();
        for (ParkedRecord record : snapshot.records()) {
            switch (record) {
                case Parked parked -> entries.put(parked.key(), new Entry(parked.parking()));
                case Released released -> entries.remove(released.key());
                case ReleaseRequest request -> requests.put(request.key(), request);
                case RequestDone done -> requests.remove(done.key());
            }
        }
        requests.values().forEach(request -> release(request, false));
    }

    /** Takes in what others have written since. */
    void hear(ParkedRecord record) {
        switch (record) {
            case ReleaseRequest request -> release(request, true);
            case Released released -> insist(released.key());
            // Of a predecessor, whose last records came late.
            case Parked parked -> entries.putIfAbsent(parked.key(), new Entry(parked.parking()));
            case RequestDone ignored -> {}
        }
    }

    /** A tombstone of a predecessor that came late, or of somebody who may not write one: only this session decides. */
    private void insist(ParkedKey key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            notices.add(new Parked(key, entry.parking));
        }
    }

    private void release(ReleaseRequest request, boolean mayHold) {
        Entry entry = entries.get(request.key());
        if (entry != null && !isComplete(request, entry)) {
            if (mayHold) {
                entry.hold(ticker.getAsLong());
            }
            return;
        }
        if (entry != null) {
            entries.remove(request.key());
            notices.add(new Released(request.key()));
        }
        notices.add(new RequestDone(request.key()));
    }

    /** Whether everything that was set aside for the key has been republished. */
    private boolean isComplete(ReleaseRequest request, Entry entry) {
        return entry.lastEventId == null
                ? request.covers(deadLetterEnds)
                : entry.lastEventId.equals(request.lastEventId());
    }

    /** What is to be written to the topic, or null. */
    ParkedRecord nextNotice() {
        return notices.poll();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** Why a key is parked; null if it is not. */
    Parking find(ParkedKey key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.parking;
    }

    /** Whether an event of a parked key is to wait for a release that is under way. */
    boolean isHeld(ParkedKey key) {
        return entries.get(key).isHeld(ticker.getAsLong());
    }

    void park(ParkedKey key, Parking parking) {
        entries.put(key, new Entry(parking));
    }

    /** An event of a parked key is put among the dead letters. */
    void follows(ParkedKey key, String eventId) {
        entries.get(key).lastEventId = eventId;
    }

    private static final class Entry {
        final Parking parking;
        /** The last event of the key that this session has set aside. */
        String lastEventId;

        private boolean holding;
        private long heldSince;

        Entry(Parking parking) {
            this.parking = parking;
        }

        void hold(long now) {
            holding = true;
            heldSince = now;
        }

        boolean isHeld(long now) {
            holding &= now - heldSince < HOLD;
            return holding;
        }
    }
}
