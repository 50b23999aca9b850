package io.walpost.cache;

import io.vertx.redis.client.Redis;
import io.walpost.consumer.BatchHandler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the handler from the settings. */
@Singleton
class CacheFunction {

    /** @throws IllegalArgumentException if a setting is out of range */
    @Produces
    @Singleton
    BatchHandler handler(Redis redis, CacheSettings settings) {
        EntryRules rules =
                new EntryRules(settings.keyPrefix(), settings.mode(), settings.markerTtl(), settings.valueTtl());
        EntryRules.requireRange("walpost.cache.timeout", settings.timeout());
        return new CacheHandler(redis, rules, settings.timeout());
    }
}
