package io.walpost.cache;

import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalRedis;
import io.walpost.localstack.quarkus.KafkaResource;
import io.walpost.localstack.quarkus.PostgresResource;
import io.walpost.localstack.quarkus.RedisResource;
import io.walpost.outbox.EventHeaders;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The function as it ships, between a real Kafka and a real Redis. */
@QuarkusTest
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "database", value = "cache"))
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(RedisResource.class)
class CacheFunctionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "outbox.event.order";

    LocalKafka kafka;
    LocalRedis redis;

    @Inject
    MeterRegistry meters;

    private KafkaProducer<String, String> producer;

    @BeforeEach
    void open() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void invalidatesWhatWasChangedAndMeasuresHowLongThatTook() {
        String order = UUID.randomUUID().toString();
        redis.command("HSET", key(order), "token", "of a reader", "version", "1", "value", "old");
        long measured = meters.get("walpost.consumer.latency").timer().count();

        send(order, "{\"version\":2}");

        await().atMost(PATIENCE).until(() -> field(order, "version").equals("2"));
        assertThat(field(order, "value")).isEmpty();
        await().until(() -> meters.get("walpost.consumer.latency").timer().count() > measured);
        assertThat(meters.get("walpost.consumer.latency").timer().max(TimeUnit.SECONDS))
                .isPositive();
    }

    @Test
    void putsAnEventAsideThatItCannotReadAndGoesOn() {
        String poisonous = UUID.randomUUID().toString();
        String healthy = UUID.randomUUID().toString();
        double before = deadLetters();

        send(poisonous, "no JSON");
        send(healthy, "{\"version\":1}");

        await().atMost(PATIENCE).until(() -> field(healthy, "version").equals("1"));
        await().until(() -> deadLetters() == before + 1);
    }

    @Test
    void leavesNoEntryStaleBehindADeadLetter() {
        String order = UUID.randomUUID().toString();
        double before = deadLetters();
        send(order, "no JSON");
        await().atMost(PATIENCE).until(() -> deadLetters() == before + 1);

        send(order, "{\"version\":2}");

        await().atMost(PATIENCE).until(() -> field(order, "version").equals("2"));
    }

    @Test
    void goesOnByItselfWhenRedisIsBack() {
        String order = UUID.randomUUID().toString();
        redis.kill();
        send(order, "{\"version\":1}");
        await().atMost(PATIENCE)
                .until(() -> meters.get("walpost.consumer.retries")
                                .tag("cause", "sink-unreachable")
                                .counter()
                                .count()
                        > 0);

        redis.start();

        await().atMost(PATIENCE).until(() -> field(order, "version").equals("1"));
        await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);
    }

    private void send(String order, String payload) {
        ProducerRecord<String, String> event = new ProducerRecord<>(TOPIC, order, payload);
        event.headers()
                .add(EventHeaders.ID, UUID.randomUUID().toString().getBytes(UTF_8))
                .add(EventHeaders.TYPE, "OrderChanged".getBytes(UTF_8))
                .add(EventHeaders.COMMITTED_AT, Instant.now().toString().getBytes(UTF_8));
        producer.send(event);
        producer.flush();
    }

    private String field(String order, String name) {
        return redis.command("HGET", key(order), name);
    }

    private static String key(String order) {
        return "walpost:order:" + order;
    }

    private double deadLetters() {
        return meters.get("walpost.consumer.dead.letters")
                .tag("cause", "unprocessable-event")
                .counter()
                .count();
    }
}
