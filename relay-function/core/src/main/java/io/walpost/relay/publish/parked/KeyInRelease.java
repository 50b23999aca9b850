package io.walpost.relay.publish.parked;

import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.ParkedRecord.ReleaseRequest;
import io.walpost.relay.poison.Parking;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How far the release of one key has come. */
final class KeyInRelease {

    /** How long the relay may take to answer before it is asked again, if there is anything new to say. */
    private static final long ANSWER = TimeUnit.SECONDS.toNanos(1);

    private final ParkedKey key;
    private final Parking parking;
    private final Set<String> seen = new HashSet<>();
    private long republished;
    private String lastEventId = "";
    private ReleaseRequest asked;
    private long askedAt;

    KeyInRelease(ParkedKey key, Parking parking) {
        this.key = key;
        this.parking = parking;
    }

    ParkedKey key() {
        return key;
    }

    long republished() {
        return republished;
    }

    /** Takes note of a letter of the key. True if its event is to be published; a letter may be there twice. */
    boolean takes(Letter letter, Set<String> skipped) {
        if (!letter.isOf(parking)) {
            return false;
        }
        lastEventId = letter.eventId();
        if (!seen.add(letter.eventId()) || skipped.contains(letter.eventId())) {
            return false;
        }
        republished++;
        return true;
    }

    boolean hasSeen(String eventId) {
        return seen.contains(eventId);
    }

    /** What to ask the relay for, or null if there is nothing new to ask. */
    ReleaseRequest request(Map<Integer, Long> readTo) {
        ReleaseRequest request = new ReleaseRequest(key, readTo, lastEventId);
        boolean due = asked == null
                || !asked.lastEventId().equals(lastEventId)
                || !asked.equals(request) && System.nanoTime() - askedAt > ANSWER;
        if (!due) {
            return null;
        }
        asked = request;
        askedAt = System.nanoTime();
        return request;
    }
}
