package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.walpost.localstack.LocalRedis;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader gets, with a cache that is there, gone, or of another opinion. Who invalidates is another program. */
@QuarkusTest
@TestProfile(CachedProfile.class)
class OrderCacheTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The timeout of the cache, and some for a machine that is busy itself. */
    private static final Duration QUICK = CachedProfile.TIMEOUT.multipliedBy(3);

    LocalRedis redis;

    @Inject
    MeterRegistry metrics;

    private long order;

    @BeforeEach
    void place() {
        order = OrderApi.placeBooks();
    }

    @AfterEach
    void mend() {
        redis.resume();
        redis.start();
        await().atMost(PATIENCE).until(() -> {
            double unavailable = lookups("unavailable");
            get();
            return lookups("unavailable") == unavailable;
        });
    }

    @Test
    void answersTheSecondTimeFromTheCache() {
        String first = fill();
        double hits = lookups("hit");

        assertThat(get().asString()).isEqualTo(first);

        assertThat(lookups("hit")).isEqualTo(hits + 1);
    }

    @Test
    void writesEntriesAsTheyAreDocumented() {
        String answer = fill();

        assertThat(entry("version")).isEqualTo("1");
        assertThat(entry("value")).isEqualTo(answer);
        assertThat(entry("token")).isNotEmpty();
        assertThat(Long.parseLong(redis.command("PTTL", key()))).isBetween(1L, 600_000L);
    }

    @Test
    void readsTheDatabaseOnceTheValueIsTakenAway() {
        fill();
        OrderApi.addPen(order);

        redis.command("HDEL", key(), "value");
        redis.command("HSET", key(), "version", "2");

        assertThat(get().jsonPath().getInt("version")).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> entry("value").contains("\"version\":2"));
    }

    @Test
    void readsAValueThatTheConsumerHasRefreshed() {
        String answer = fill();

        redis.command("HSET", key(), "version", "2", "value", answer.replace("ada", "grace"));

        assertThat(get().jsonPath().getString("customer")).isEqualTo("grace");
    }

    @Test
    void fillsNothingThatTheEntryKnowsToBeOld() {
        double refused = fills("refused");
        redis.command("HSET", key(), "version", "2", "token", "of an event");

        assertThat(get().jsonPath().getInt("version")).isEqualTo(1);

        await().atMost(PATIENCE).until(() -> fills("refused") == refused + 1);
        assertThat(entry("value")).isEmpty();
    }

    @Test
    void takesAValueThatItCannotReadForNone() {
        String answer = fill();
        redis.command("HSET", key(), "value", "{\"id\":1,\"field of a later version\":true}");

        assertThat(get().asString()).isEqualTo(answer);

        await().atMost(PATIENCE).until(() -> entry("value").equals(answer));
    }

    @Test
    void cachesNoOrderThatIsNotThere() {
        long absent = order + 1_000_000;

        assertThat(OrderApi.get("/orders/" + absent).statusCode()).isEqualTo(404);
        assertThat(redis.command("HGET", "walpost:order:" + absent, "value")).isEmpty();
    }

    @Test
    void bringsTheScriptsAgainThatRedisHasForgotten() {
        fill();
        redis.command("SCRIPT", "FLUSH");
        double hits = lookups("hit");

        get();

        assertThat(lookups("hit")).isEqualTo(hits + 1);
    }

    @Test
    void answersWhileRedisIsGone() {
        String answer = fill();
        double unavailable = lookups("unavailable");

        redis.kill();

        assertAnswersQuickly(answer);
        assertThat(lookups("unavailable")).isGreaterThan(unavailable);
        assertThat(OrderApi.get("/q/health/ready").statusCode()).isEqualTo(200);

        redis.start();

        double hits = lookups("hit");
        await().atMost(PATIENCE).until(() -> get().statusCode() == 200 && lookups("hit") > hits);
    }

    @Test
    void answersWhileRedisIsFrozen() {
        String answer = fill();

        redis.pause();

        assertAnswersQuickly(answer);
    }

    @Test
    void answersWhileRedisTakesNothing() {
        redis.command("CONFIG", "SET", "maxmemory", "1");
        try {
            assertThat(get().statusCode()).isEqualTo(200);
        } finally {
            redis.command("CONFIG", "SET", "maxmemory", "0");
        }
    }

    private void assertAnswersQuickly(String answer) {
        for (int i = 0; i < 20; i++) {
            Response response = get();
            assertThat(response.asString()).isEqualTo(answer);
            assertThat(Duration.ofMillis(response.time())).isLessThan(QUICK);
        }
    }

    private Response get() {
        return OrderApi.get("/orders/" + order);
    }

    /** Reads the order until it is in the cache. */
    private String fill() {
        return await().atMost(PATIENCE)
                .until(() -> get().asString(), answer -> entry("value").equals(answer));
    }

    private String key() {
        return "walpost:order:" + order;
    }

    private String entry(String field) {
        return redis.command("HGET", key(), field);
    }

    private double lookups(String result) {
        return count("orders.cache.lookups", result);
    }

    private double fills(String result) {
        return count("orders.cache.fills", result);
    }

    private double count(String name, String result) {
        Counter counter = metrics.find(name).tag("result", result).counter();
        return counter == null ? 0 : counter.count();
    }
}
