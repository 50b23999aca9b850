package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.testing.RebalanceContract;
import io.walpost.localstack.LocalRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RebalanceIT extends RebalanceContract {

    private final LocalRedis redis = LocalRedis.temporary();

    RebalanceIT() {
        super("cache-invalidation");
    }

    @BeforeAll
    void startRedis() {
        redis.start();
    }

    @AfterAll
    void closeRedis() {
        redis.close();
    }

    @Override
    protected Map<String, String> sink() {
        return Map.of("QUARKUS_REDIS_HOSTS", redis.uri());
    }

    @Override
    protected String payload(long order) {
        return "{\"version\":1}";
    }

    /** A marker for each. */
    @Override
    protected void assertEachOnce(int orders) {
        assertThat(redis.command("DBSIZE")).isEqualTo(Integer.toString(orders));
        assertThat(redis.command("HGET", "walpost:order:" + orders, "version")).isEqualTo("1");
    }
}
