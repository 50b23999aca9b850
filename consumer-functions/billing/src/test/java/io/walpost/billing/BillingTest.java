package io.walpost.billing;

import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.quarkus.KafkaResource;
import io.walpost.localstack.quarkus.PostgresResource;
import io.walpost.outbox.EventHeaders;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "database", value = "billing"))
@QuarkusTestResource(KafkaResource.class)
class BillingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    LocalKafka kafka;

    @Inject
    MeterRegistry meters;

    @Inject
    DataSource dataSource;

    private OrderTopic topic;

    @BeforeEach
    void open() {
        topic = new OrderTopic(kafka.bootstrapServers());
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void writesAnInvoiceAndKeepsItUpToDate() {
        long order = Orders.newId();
        topic.send("OrderPlaced", order, Orders.placed(order));
        JsonPath invoice = awaitInvoice(order, 1);
        assertThat(invoice.getString("customer")).isEqualTo("ada");
        assertThat(invoice.getString("currency")).isEqualTo("EUR");
        assertThat(invoice.getString("status")).isEqualTo("OPEN");
        assertThat(invoice.<BigDecimal>get("total")).isEqualTo("25.00");
        assertThat(invoice.getList("lines")).hasSize(1);
        assertThat(invoice.<BigDecimal>get("lines[0].unitPrice")).isEqualTo("12.50");

        topic.send("OrderLineAdded", order, Orders.penAdded(order, 2, "26.20"));
        invoice = awaitInvoice(order, 2);
        assertThat(invoice.<BigDecimal>get("total")).isEqualTo("26.20");
        assertThat(invoice.getList("lines.sku")).containsExactly("book", "pen");

        topic.send("OrderCancelled", order, Orders.cancelled(order, 3));
        assertThat(awaitInvoice(order, 3).getString("status")).isEqualTo("CANCELLED");
    }

    @Test
    void creditsACancelledOrderAndLeavesItsInvoiceAsItWas() throws SQLException {
        long order = Orders.newId();
        topic.send("OrderPlaced", order, Orders.placed(order));
        topic.send("OrderLineAdded", order, Orders.penAdded(order, 2, "26.20"));
        assertThat(awaitInvoice(order, 2).<Object>get("creditNote")).isNull();

        topic.send("OrderCancelled", order, Orders.cancelled(order, 3));
        JsonPath invoice = awaitInvoice(order, 3);
        assertThat(invoice.<BigDecimal>get("total")).isEqualTo("26.20");
        assertThat(invoice.<BigDecimal>get("creditNote.total")).isEqualTo("26.20");
        assertThat(invoice.<Object>get("creditNote.lines")).isEqualTo(invoice.<Object>get("lines"));
        assertThat(invoice.getList("creditNote.lines.sku")).containsExactly("book", "pen");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT total, version FROM invoice WHERE order_id = " + order)) {
            row.next();
            assertThat(row.getBigDecimal("total")).isEqualTo("26.20");
            assertThat(row.getLong("version")).isEqualTo(2);
        }
    }

    @Test
    void refusesToChangeAnInvoiceThatIsCredited() {
        long order = Orders.newId();
        topic.send("OrderPlaced", order, Orders.placed(order));
        topic.send("OrderCancelled", order, Orders.cancelled(order, 2));
        awaitInvoice(order, 2);
        topic.send("OrderLineAdded", order, Orders.penAdded(order, 3, "26.20"));
        await().atMost(PATIENCE).until(() -> deadLettersOf(order).size() == 1);
        assertThat(awaitInvoice(order, 2).getList("lines.sku")).containsExactly("book");
    }

    @Test
    void toleratesWhatItDoesNotKnow() {
        long order = Orders.newId();
        double ignoredBefore = count("walpost.consumer.events", "outcome", "ignored");
        topic.send("OrderPraised", order, "anything");
        topic.send("OrderPlaced", order, Orders.placed(order).replaceFirst("\\{", "{\"gift\":{\"wrap\":[1,2]},"));

        awaitInvoice(order, 1);
        assertThat(count("walpost.consumer.events", "outcome", "ignored")).isEqualTo(ignoredBefore + 1);
        assertThat(deadLettersOf(order)).isEmpty();
    }

    @Test
    void appliesARecordThatIsDeliveredTwiceOnce() {
        long order = Orders.newId();
        double duplicatesBefore = count("walpost.consumer.events", "outcome", "duplicate");
        UUID placed = topic.send("OrderPlaced", order, Orders.placed(order));
        UUID added = topic.send("OrderLineAdded", order, Orders.penAdded(order, 2, "26.20"));
        topic.send(placed, "OrderPlaced", order, Orders.placed(order));
        topic.send(added, "OrderLineAdded", order, Orders.penAdded(order, 2, "26.20"));

        await().atMost(PATIENCE)
                .until(() -> count("walpost.consumer.events", "outcome", "duplicate") == duplicatesBefore + 2);
        assertThat(awaitInvoice(order, 2).getList("lines")).hasSize(2);
        assertThat(deadLettersOf(order)).isEmpty();
    }

    @Test
    void billsAnEventWhoseFirstAttemptWasRolledBack() throws SQLException {
        long order = Orders.newId();
        double retriesBefore = count("walpost.consumer.retries", "cause", "database-stopping");
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE invoice IN ACCESS EXCLUSIVE MODE");
            topic.send("OrderPlaced", order, Orders.placed(order));
            // It has claimed the event, and waits for the table.
            await().atMost(PATIENCE).until(() -> cancelWaiting(statement) == 1);
            await().atMost(PATIENCE)
                    .until(() -> count("walpost.consumer.retries", "cause", "database-stopping") > retriesBefore);
            other.rollback();
        }

        assertThat(awaitInvoice(order, 1).getList("lines")).hasSize(1);
        assertThat(deadLettersOf(order)).isEmpty();
    }

    private static int cancelWaiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                SELECT count(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_class ON relation = pg_class.oid
                 WHERE relname = 'invoice' AND NOT granted""")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** What cannot be billed as an event of the given order, and what billing calls that. */
    static Stream<Arguments> poison() {
        return Stream.of(
                poison("no JSON", "OrderPlaced", order -> "{not json", "unprocessable-event"),
                poison("null", "OrderPlaced", order -> "null", "unprocessable-event"),
                poison("a tombstone", "OrderPlaced", order -> null, "unprocessable-event"),
                poison("another order", "OrderPlaced", order -> Orders.placed(order + 1), "unprocessable-event"),
                poison("a wrong sum", "OrderPlaced", order -> Orders.placed(order, "25.01"), "unprocessable-event"),
                poison(
                        "no invoice",
                        "OrderLineAdded",
                        order -> Orders.penAdded(order, 2, "26.20"),
                        "unprocessable-event"),
                poison("a line twice", "OrderPlaced", BillingTest::sameLineTwice, "constraint-violation"));
    }

    private static Arguments poison(String name, String type, LongFunction<String> payload, String failure) {
        return Arguments.of(Named.of(name, payload), type, failure);
    }

    @ParameterizedTest
    @MethodSource("poison")
    void putsAPoisonEventAsideAndGoesOn(LongFunction<String> payload, String type, String failure) {
        long order = Orders.newId();
        long healthy = Orders.newId();
        double before = count("walpost.consumer.dead.letters", "cause", failure);
        topic.send(type, order, payload.apply(order));
        topic.send("OrderPlaced", healthy, Orders.placed(healthy));

        awaitInvoice(healthy, 1);
        // The two may be of one wave, whose letters come after its effects.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("walpost.consumer.dead.letters", "cause", failure))
                        .isEqualTo(before + 1));
        List<ConsumerRecord<byte[], byte[]>> letters = deadLettersOf(order);
        assertThat(letters).hasSize(1);
        ConsumerRecord<byte[], byte[]> letter = letters.getFirst();
        assertThat(header(letter, "dead-letter-reason")).startsWith(failure + ": ");
        assertThat(header(letter, "dead-letter-cause")).isNotBlank();
        assertThat(header(letter, "dead-letter-cause-class-name")).endsWith("Exception");
        assertThat(header(letter, "dead-letter-exception-class-name")).endsWith("Exception");
        assertThat(header(letter, "dead-letter-topic")).isEqualTo(OrderTopic.TOPIC);
        assertThat(header(letter, "dead-letter-partition")).isEqualTo("0");
        assertThat(header(letter, "dead-letter-offset")).isNotBlank();
        assertThat(header(letter, EventHeaders.TYPE)).isEqualTo(type);
        get("/invoices/" + order).then().statusCode(404);
    }

    private static String sameLineTwice(long order) {
        String line = "{\"lineId\":1,\"sku\":\"book\",\"quantity\":2,\"unitPrice\":12.50}";
        return Orders.placed(order, "50.00").replace(line, line + "," + line);
    }

    @Test
    void putsARecordAsideThatIsNoEvent() {
        double before = count("walpost.consumer.dead.letters", "cause", "malformed-record");
        long order = Orders.newId();
        long healthy = Orders.newId();
        topic.send(new ProducerRecord<>(OrderTopic.TOPIC, Long.toString(order).getBytes(UTF_8), new byte[] {-1, 0, 7}));
        topic.send("OrderPlaced", healthy, Orders.placed(healthy));

        awaitInvoice(healthy, 1);
        assertThat(count("walpost.consumer.dead.letters", "cause", "malformed-record"))
                .isEqualTo(before + 1);
        assertThat(deadLettersOf(order))
                .singleElement()
                .satisfies(letter ->
                        assertThat(header(letter, "dead-letter-reason")).contains("header 'id' is missing"))
                .satisfies(letter -> assertThat(letter.value()).containsExactly(-1, 0, 7));
    }

    @Test
    void goesOnAfterARecordWithIncompleteHeadersOfCloudEvents() {
        long order = Orders.newId();
        long healthy = Orders.newId();
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(OrderTopic.TOPIC, Long.toString(order).getBytes(UTF_8), new byte[] {'x'});
        OrderTopic.header(event, EventHeaders.CE_SPECVERSION, "1.0");
        topic.send(event);
        topic.send("OrderPlaced", healthy, Orders.placed(healthy));

        awaitInvoice(healthy, 1);
        assertThat(deadLettersOf(order)).hasSize(1);
    }

    @Test
    void putsAnEventOfDebeziumsRouterAsideThatDoesNotSayWhatHappened() {
        long order = Orders.newId();
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(
                OrderTopic.TOPIC,
                Long.toString(order).getBytes(UTF_8),
                Orders.placed(order).getBytes(UTF_8));
        OrderTopic.header(event, EventHeaders.ID, UUID.randomUUID().toString());
        topic.send(event);

        await().atMost(PATIENCE).until(() -> deadLettersOf(order).size() == 1);
    }

    @Test
    void answersInJsonThatThereIsNoInvoice() {
        get("/invoices/999999999").then().statusCode(404).body("error", containsString("999999999"));
        get("/invoices/x").then().statusCode(404).body("error", equalTo("The id of an order is a whole number"));
    }

    /** Else the claims of a host that vanished would be kept for as long as the server's TCP waits. */
    @Test
    void hasTheDatabaseLookWhetherItIsStillThere() throws SQLException {
        assertThat(ofSession("tcp_keepalives_idle")).isEqualTo("10");
        assertThat(ofSession("tcp_keepalives_interval")).isEqualTo("5");
        assertThat(ofSession("tcp_keepalives_count")).isEqualTo("3");
        assertThat(ofSession("tcp_user_timeout")).isEqualTo("25000");
        assertThat(ofSession("idle_in_transaction_session_timeout")).isEqualTo("1min");
        assertThat(ofSession("plan_cache_mode")).isEqualTo("force_custom_plan");
    }

    private String ofSession(String setting) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void isReadyAndMeasured() {
        long order = Orders.newId();
        topic.send("OrderPlaced", order, Orders.placed(order));
        awaitInvoice(order, 1);

        get("/q/health/ready").then().statusCode(200);
        get("/q/health/live").then().statusCode(200);
        String metrics = get("/q/metrics").asString();
        assertThat(metrics)
                .contains("walpost_consumer_events_total{consumer=\"billing\",outcome=\"applied\"}")
                .contains("walpost_consumer_retries_total{cause=\"database-unreachable\",consumer=\"billing\"}")
                .contains("walpost_consumer_dead_letters_total{cause=\"malformed-record\",consumer=\"billing\"}");
        assertThat(meters.get("walpost.consumer.latency").timer().count()).isPositive();
    }

    private JsonPath awaitInvoice(long order, int version) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> get("/invoices/" + order).then().statusCode(200).body("version", equalTo(version)));
        return get("/invoices/" + order).jsonPath(new JsonPathConfig(JsonPathConfig.NumberReturnType.BIG_DECIMAL));
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLettersOf(long order) {
        return topic.deadLetters().stream()
                .filter(letter -> Long.toString(order).equals(new String(letter.key(), UTF_8)))
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private double count(String name, String tag, String value) {
        return meters.get(name).tag(tag, value).counter().count();
    }
}
