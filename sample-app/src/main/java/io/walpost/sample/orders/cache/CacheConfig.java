package io.walpost.sample.orders.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The cache of orders; there is one if {@code quarkus.redis.hosts} is set. */
@ConfigMapping(prefix = "orders.cache")
interface CacheConfig {

    /** What each key begins with; the order's id follows. The consumer that invalidates has to make the same keys. */
    @WithDefault("walpost:order:")
    String keyPrefix();

    /** How long a value lives. It bounds for how long a value can be wrong after Redis has lost an invalidation. */
    @WithDefault("10m")
    @NotNull
    @DurationMin(millis = 1)
    Duration valueTtl();

    /** How long after the lookup a value may come from the database; a later one is not cached. */
    @WithDefault("1m")
    @NotNull
    @DurationMin(millis = 1)
    Duration fillWithin();

    /** How long a request waits for the cache before it reads the database instead. */
    @WithDefault("200ms")
    @NotNull
    @DurationMin(millis = 1)
    Duration timeout();

    /** How long the cache is left alone after it has failed, so that requests do not all wait for it. */
    @WithDefault("1s")
    @NotNull
    @DurationMin(millis = 1)
    Duration restAfterFailure();
}
