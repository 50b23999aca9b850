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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                    "walpost.consumer.retry.attempts-on-unknown", "2",
                    "walpost.consumer.http.retry-after", "7s",
                    "walpost.consumer.http.max-in-work", Integer.toString(PLACES));
        }
    }

    private static RequestSpecification event(UUID id, String type, long order) {
        return event(id, type, order, OFFSETS.getAndIncrement());
    }

    private static RequestSpecification event(UUID id, String type, long order, long offset) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/walpost")
                .header("ce-type", type)
                .header("ce-subject", order)
                .header("ce-knativekafkapartition", 0)
                .header("ce-knativekafkaoffset", offset)
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

    @ParameterizedTest
    @CsvSource({"ce-specversion, 0.3", "ce-type, ''", "ce-source, ''"})
    void setsAsideWhatIsNoCloudEventButHasAPlace(String header, String value) throws Exception {
        long order = Orders.newId();
        Map<String, String> headers = new HashMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", UUID.randomUUID().toString(),
                "ce-source", "/walpost",
                "ce-type", "OrderPlaced",
                "ce-subject", Long.toString(order),
                "ce-knativekafkapartition", "0",
                "ce-knativekafkaoffset", Long.toString(OFFSETS.getAndIncrement())));
        headers.put(header, value);
        given().headers(headers)
                .contentType("application/json")
                .body(Orders.placed(order).getBytes(UTF_8))
                .post("/")
                .then()
                .statusCode(204);

        assertThat(letterOf(order, "failure")).isEqualTo("malformed-record");
        assertThat(letterOf(order, "error_message")).contains("'" + header.replace('-', '_') + "'");
    }

    @Test
    void takesWhateverKafkaTakesInHeaders() {
        long order = Orders.newId();
        event(UUID.randomUUID(), "OrderPlaced", order)
                .header("ce-extension", "x".repeat(1_000_000))
                .body(Orders.placed(order).getBytes(UTF_8))
                .post("/")
                .then()
                .statusCode(204);
        get("/invoices/" + order).then().statusCode(200);
    }

    @Test
    void setsAsideWhatFailedAsOftenAsItMayThoughEachRequestHasTimeForOneAttempt() throws Exception {
        long order = Orders.newId();
        execute("""
                CREATE SEQUENCE attempts;
                CREATE FUNCTION failing_slowly() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM nextval('attempts'), pg_sleep(1.1);
                    RAISE EXCEPTION 'nobody knows why' USING ERRCODE = 'WP001';
                END $$;
                CREATE TRIGGER failing_slowly BEFORE INSERT ON invoice
                    FOR EACH ROW WHEN (NEW.order_id = %d) EXECUTE FUNCTION failing_slowly();
                """.formatted(order));
        try {
            long offset = OFFSETS.getAndIncrement();
            Supplier<Integer> delivery = () -> event(new UUID(0, order), "OrderPlaced", order, offset)
                    .body(Orders.placed(order).getBytes(UTF_8))
                    .post("/")
                    .statusCode();
            assertThat(delivery.get()).isEqualTo(503);
            assertThat(delivery.get())
                    .as("the last attempt, and no time for the letter")
                    .isEqualTo(503);
            assertThat(delivery.get()).isEqualTo(204);
            assertThat(text("SELECT last_value FROM attempts")).isEqualTo("2");
        } finally {
            execute("DROP TRIGGER failing_slowly ON invoice; DROP FUNCTION failing_slowly; DROP SEQUENCE attempts");
        }
        assertThat(letterOf(order, "failure")).isEqualTo("unknown");
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

    private String letterOf(long order, String column) throws SQLException {
        return text("SELECT " + column + " FROM walpost_dead_letter WHERE convert_from(key, 'UTF8') = '" + order + "'");
    }

    private String text(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).as(query).isTrue();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
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
