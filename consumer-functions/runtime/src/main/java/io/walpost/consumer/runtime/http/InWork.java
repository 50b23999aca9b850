package io.walpost.consumer.runtime.http;

import io.walpost.consumer.RecordKey;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Who is being served: so many at once, and of each key one. A sender that gave up waiting and sends again meets its own
 * first request here.
 */
final class InWork {

    private final Semaphore places;
    private final Set<RecordKey> keys = ConcurrentHashMap.newKeySet();

    InWork(int places) {
        this.places = new Semaphore(places);
    }

    /** Whether there was a place, which is to be left. */
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /** Whether no other record of its key is in work; a record without key has nothing to be behind. */
    boolean begin(Optional<RecordKey> key) {
        return key.map(keys::add).orElse(true);
    }

    void end(Optional<RecordKey> key) {
        key.ifPresent(keys::remove);
    }
}
