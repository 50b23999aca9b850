package io.walpost.localstack.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.walpost.localstack.LocalRedis;
import java.util.Map;

/** A Redis server for the default Redis client of the application under test. */
public final class RedisResource implements QuarkusTestResourceLifecycleManager {

    private final LocalRedis redis = LocalRedis.temporary();

    @Override
    public Map<String, String> start() {
        redis.start();
        return Map.of("quarkus.redis.hosts", redis.uri());
    }

    /** Gives the server to test fields of the type {@link LocalRedis}, for tests that kill it. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(LocalRedis.class));
    }

    @Override
    public void stop() {
        redis.close();
    }
}
