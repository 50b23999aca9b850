package io.walpost.sample.orders;

import io.walpost.localstack.quarkus.RedisResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The service with a cache: PostgreSQL and Redis are real. */
public class CachedProfile extends KeptRowsProfile {

    /** Longer than the service's own, so that a machine that is busy does not look like a Redis that is away. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
        overrides.put("orders.cache.timeout", TIMEOUT.toString());
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return Stream.concat(super.testResources().stream(), Stream.of(new TestResourceEntry(RedisResource.class)))
                .toList();
    }
}
