package io.walpost.cache;

import java.time.Duration;
import java.util.Objects;

/**
 * Where entries are and how long they live.
 *
 * @param keyPrefix what each key begins with
 * @param mode what an event does to a value
 * @param markerTtl how long an entry without a value remembers which version was the last
 * @param valueTtl how long a value lives, which bounds for how long it can be wrong after Redis has lost what it had
 *     acknowledged
 */
record EntryRules(String keyPrefix, CacheMode mode, Duration markerTtl, Duration valueTtl) {

    private static final Duration LONGEST = Duration.ofDays(30);

    /** @throws IllegalArgumentException naming the setting that is out of range */
    EntryRules {
        Objects.requireNonNull(keyPrefix, "keyPrefix");
        Objects.requireNonNull(mode, "mode");
        requireRange("walpost.cache.marker-ttl", markerTtl);
        requireRange("walpost.cache.value-ttl", valueTtl);
    }

    static void requireRange(String setting, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    setting + " must lie between 1 ms and " + LONGEST.toDays() + " days, and is " + value);
        }
    }
}
