package io.walpost.cache;

import io.vertx.redis.client.Redis;
import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.SinkLogin;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the handler from the settings. */
@Singleton
class CacheFunction {

    /** @throws IllegalArgumentException if a setting is out of range */
    @Produces
    @Singleton
    BatchHandler handler(Redis redis, Instance<SinkLogin> logins, CacheSettings settings) {
        EntryRules rules =
                new EntryRules(settings.keyPrefix(), settings.mode(), settings.markerTtl(), settings.valueTtl());
        EntryRules.requireRange("walpost.cache.timeout", settings.timeout());
        SinkLogin login = logins.isResolvable() ? logins.get() : SinkLogin.none();
        return new CacheHandler(new ScriptRunner(redis, login, settings.timeout()), rules);
    }
}
