package io.walpost.cache;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.text.IsBlankString.blankOrNullString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.LetterSelection;
import io.walpost.localstack.LocalRedis;
import io.walpost.localstack.quarkus.KafkaResource;
import io.walpost.localstack.quarkus.PostgresResource;
import io.walpost.localstack.quarkus.RedisResource;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The cache's consumer as Knative's KafkaSource sees it. */
@QuarkusTest
@TestProfile(HttpBindingTest.Knative.class)
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "database", value = "cache"))
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(RedisResource.class)
class HttpBindingTest {

    private static final AtomicLong OFFSETS = new AtomicLong();

    LocalRedis redis;

    @Inject
    DataSource dataSource;

    public static class Knative implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("walpost.consumer.binding", "http", "walpost.consumer.http.patience", "5s");
        }
    }

    @Test
    void invalidatesAnEntryAndKeepsItSoWhateverComesLate() {
        String order = UUID.randomUUID().toString();
        redis.command("HSET", key(order), "token", "of a reader", "version", "1", "value", "old");

        post(order, "{\"version\":3}").statusCode(204);
        post(order, "{\"version\":2}").statusCode(204);

        assertThat(redis.command("HGET", key(order), "version")).isEqualTo("3");
        assertThat(redis.command("HGET", key(order), "value")).isEmpty();
    }

    @Test
    void setsAsideWhatItCannotReadAndLetsTheNextPass() throws Exception {
        String order = UUID.randomUUID().toString();

        post(order, "no JSON").statusCode(204);
        post(order, "{\"version\":2}").statusCode(204);

        assertThat(redis.command("HGET", key(order), "version")).isEqualTo("2");
        assertThat(new DeadLetterTable(dataSource).list(LetterSelection.all().ofConsumer("cache-invalidation"), 0, 10))
                .singleElement()
                .satisfies(letter -> assertThat(letter.failure()).isEqualTo("unprocessable-event"));
    }

    @Test
    void asksForAnEventAgainWhileRedisIsAway() {
        String order = UUID.randomUUID().toString();
        redis.kill();

        post(order, "{\"version\":2}").statusCode(503).header("Retry-After", not(blankOrNullString()));

        redis.start();
        post(order, "{\"version\":2}").statusCode(204);
        assertThat(redis.command("HGET", key(order), "version")).isEqualTo("2");
    }

    private static ValidatableResponse post(String order, String payload) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID())
                .header("ce-source", "/walpost")
                .header("ce-type", "OrderLineAdded")
                .header("ce-subject", order)
                .header("ce-knativekafkapartition", 0)
                .header("ce-knativekafkaoffset", OFFSETS.getAndIncrement())
                .contentType("application/json")
                .body(payload)
                .post("/")
                .then();
    }

    private static String key(String order) {
        return "walpost:order:" + order;
    }
}
