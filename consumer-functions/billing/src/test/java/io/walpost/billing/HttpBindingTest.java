package io.walpost.billing;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.quarkus.KafkaResource;
import io.walpost.localstack.quarkus.PostgresResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

/** Billing as Knative's KafkaSource sees it. */
@QuarkusTest
@TestProfile(HttpBindingTest.Knative.class)
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "database", value = "billing"))
@QuarkusTestResource(KafkaResource.class)
class HttpBindingTest {

    private static final int PLACES = 4;
    private static final AtomicLong OFFSETS = new AtomicLong();

    LocalKafka kafka;

    LocalPostgres postgres;

    @Inject
    DataSource dataSource;

    public static class Knative implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "walpost.consumer.binding", "http",
                    "walpost.consumer.http.patience", "1s",
                    "walpost.consumer.http.retry-after", "7s",
                    "walpost.consumer.http.max-in-work", Integer.toString(PLACES));
        }
    }

    private static RequestSpecification event(UUID id, String type, long order) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/walpost")
                .header("ce-type", type)
                .header("ce-subject", order)
                .header("ce-knativekafkapartition", 0)
                .header("ce-knativekafkaoffset", OFFSETS.getAndIncrement())
                .contentType("application/json");
    }

    private static ValidatableResponse placed(UUID id, long order) {
        return event(id, "OrderPlaced", order)
                .body(Orders.placed(order).getBytes(UTF_8))
                .post("/")
                .then();
    }

    @Test
    void refusesWhatIsNoCloudEvent() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(400);
        given().contentType("application/cloudevents+json")
                .body("{}")
                .post("/")
                .then()
                .statusCode(400);
        given().contentType("application/cloudevents-batch+json")
                .body("[]")
                .post("/")
                .then()
                .statusCode(415);
    }

    @Test
    void asksForAnEventAgainThatDoesNotSayWhereItLies() {
        given().header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID())
                .header("ce-source", "/walpost")
                .header("ce-type", "OrderPlaced")
                .body("{}")
                .post("/")
                .then()
                .statusCode(503)
                .header("Retry-After", "7")
                .body(containsString("ce-knativekafkaoffset"));
    }

    @Test
    void asksForAnEventAgainWhileTheDatabaseIsAway() throws Exception {
        long order = Orders.newId();
        UUID id = UUID.randomUUID();
        postgres.kill();
        try {
            placed(id, order)
                    .statusCode(503)
                    .header("Retry-After", "7")
                    .body(not(containsString(Long.toString(order))));
        } finally {
            postgres.start();
        }

        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> placed(id, order).statusCode(204).body(blankOrNullString()));
        get("/invoices/" + order).then().statusCode(200).body("version", equalTo(1));
        try (OrderTopic topic = new OrderTopic(kafka.bootstrapServers())) {
            assertThat(topic.deadLetters())
                    .noneMatch(letter -> Long.toString(order).equals(new String(letter.key(), UTF_8)));
        }
    }

    @Test
    void takesOnlySoManyEventsAtOnceAndOneOfAKey() throws Exception {
        long order = Orders.newId();
        List<CompletableFuture<Response>> requests;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Connection other = lockInvoices()) {
            requests = IntStream.range(0, PLACES)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> event(UUID.randomUUID(), "OrderPlaced", order)
                                    .body(Orders.placed(order).getBytes(UTF_8))
                                    .post("/"),
                            threads))
                    .toList();
            // Of one key only one is in work, and the others are told at once.
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() ->
                            requests.stream().filter(CompletableFuture::isDone).count() == PLACES - 1);
            assertThat(requests.stream().filter(CompletableFuture::isDone))
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(429))
                    .allSatisfy(answer ->
                            assertThat(answer.join().header("Retry-After")).isEqualTo("1"));

            List<CompletableFuture<Response>> others = IntStream.range(0, PLACES)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                long another = Orders.newId();
                                return event(UUID.randomUUID(), "OrderPlaced", another)
                                        .body(Orders.placed(another).getBytes(UTF_8))
                                        .post("/");
                            },
                            threads))
                    .toList();
            await().atMost(30, TimeUnit.SECONDS).until(() -> others.stream().anyMatch(CompletableFuture::isDone));
            assertThat(others.stream().filter(CompletableFuture::isDone))
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(429));
            other.rollback();
            assertThat(others.stream().map(CompletableFuture::join).map(Response::statusCode))
                    .containsOnly(204, 429);
        }
        assertThat(requests.stream().map(CompletableFuture::join).map(Response::statusCode))
                .containsOnlyOnce(204);
    }

    @Test
    void leavesTheTopicAlone() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().equals("billing"));
        }
        get("/q/health/ready").then().statusCode(200);
    }

    private Connection lockInvoices() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE invoice IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }
}
