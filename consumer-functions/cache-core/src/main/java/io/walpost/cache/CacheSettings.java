package io.walpost.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of the cache's consumer that are not the library's, Quarkus's or its Redis client's. */
@ConfigMapping(prefix = "walpost.cache")
public interface CacheSettings {

    /** What an event does to a value: invalidate takes it away, refresh replaces it by the event's snapshot. */
    @WithDefault("invalidate")
    CacheMode mode();

    /** What each key begins with; aggregate type, a colon and the aggregate's id follow. */
    @WithDefault("walpost:")
    String keyPrefix();

    /**
     * How long an entry without a value remembers its version. For so long a reader that got an older state from a replica
     * of the database cannot put it into the cache.
     */
    @WithDefault("10m")
    Duration markerTtl();

    /**
     * How long a refreshed value lives. It bounds for how long a value can be wrong after Redis has lost an invalidation
     * that it had acknowledged.
     */
    @WithDefault("10m")
    Duration valueTtl();

    /** How long Redis's answer to a wave of events is waited for, until they count as not applied and are tried again. */
    @WithDefault("10s")
    Duration timeout();
}
