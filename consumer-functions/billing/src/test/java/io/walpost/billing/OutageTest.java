package io.walpost.billing;

import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.quarkus.KafkaResource;
import io.walpost.localstack.quarkus.PostgresResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that go away while events flow, and come back: everything is billed once, and nothing put aside. */
@QuarkusTest
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "database", value = "billing"))
@QuarkusTestResource(KafkaResource.class)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    LocalKafka kafka;

    LocalPostgres postgres;

    @Inject
    MeterRegistry meters;

    @Inject
    DataSource dataSource;

    @ConfigProperty(name = "mp.messaging.incoming.events.max.poll.interval.ms")
    long maxPollIntervalMillis;

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
    void waitsForADatabaseThatWasKilledWithoutLosingItsPlaceInTheGroup() throws Exception {
        List<Long> before = place(50);
        awaitInvoices(before.subList(0, 10));
        double retriesBefore = unreachable();
        String member = memberOfTheGroup();

        postgres.kill();
        long killed = System.nanoTime();
        List<Long> during = place(50);
        await().atMost(PATIENCE)
                .until(() -> unreachable() > retriesBefore
                        && System.nanoTime() - killed
                                > Duration.ofMillis(2 * maxPollIntervalMillis).toNanos());
        assertThat(memberOfTheGroup()).isEqualTo(member);
        assertThat(gauge("walpost.consumer.lag")).as("seconds").isGreaterThan(maxPollIntervalMillis / 1000.0);
        await().atMost(PATIENCE).until(() -> gauge("walpost.consumer.lag.records") >= during.size());
        get("/invoices/1").then().statusCode(503).body("error", containsString("database-unreachable"));
        postgres.start();
        List<Long> after = place(50);

        List<Long> all = Stream.of(before, during, after).flatMap(List::stream).toList();
        awaitInvoices(all);
        assertThat(memberOfTheGroup()).isEqualTo(member);
        assertThat(ordersInDeadLetters()).doesNotContainAnyElementsOf(all);
        await().atMost(PATIENCE)
                .until(() -> gauge("walpost.consumer.lag") == 0 && gauge("walpost.consumer.lag.records") == 0);
    }

    @Test
    void keepsADeadLetterUntilTheBrokerHasIt() throws Exception {
        long blocked = Orders.newId();
        long poison = Orders.newId();
        long healthy = Orders.newId();
        double fetchedBefore = fetched();
        double refusalsBefore = refusals();

        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE invoice IN ACCESS EXCLUSIVE MODE");
            topic.send("OrderPlaced", blocked, Orders.placed(blocked));
            topic.send("OrderPlaced", poison, "{poison");
            topic.send("OrderPlaced", healthy, Orders.placed(healthy));
            // The first is in work, and the next batch waits behind it.
            await().atMost(PATIENCE).until(() -> fetched() >= fetchedBefore + 2);
            kafka.pause();
            other.rollback();
        }
        awaitInvoices(List.of(blocked));
        // The dead letter has been put and not taken, and now holds its partition.
        await().atMost(PATIENCE).until(() -> refusals() > refusalsBefore);
        get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'billing' }.data.hint", containsString("bring Kafka back"));
        kafka.resume();

        awaitInvoices(List.of(healthy));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(ordersInDeadLetters()).as("at least once").contains(poison));
        assertThat(ordersInDeadLetters()).doesNotContain(blocked, healthy);
        await().atMost(PATIENCE)
                .untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
    }

    private List<Long> ordersInDeadLetters() {
        return topic.deadLetters().stream()
                .map(letter -> Long.valueOf(new String(letter.key(), UTF_8)))
                .toList();
    }

    private List<Long> place(int orders) {
        List<Long> ids =
                LongStream.range(0, orders).map(i -> Orders.newId()).boxed().toList();
        ids.forEach(id -> topic.send("OrderPlaced", id, Orders.placed(id)));
        return ids;
    }

    private void awaitInvoices(List<Long> orders) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> countInvoices(orders) == orders.size());
    }

    private int countInvoices(List<Long> orders) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var select = connection.prepareStatement("SELECT count(*) FROM invoice WHERE order_id = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("bigint", orders.toArray()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private String memberOfTheGroup() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            List<String> members =
                    admin.describeConsumerGroups(List.of("billing")).all().get().get("billing").members().stream()
                            .map(MemberDescription::consumerId)
                            .toList();
            assertThat(members).hasSize(1);
            return members.getFirst();
        }
    }

    private double gauge(String name) {
        return meters.get(name).tag("consumer", "billing").gauge().value();
    }

    private double unreachable() {
        return meters.get("walpost.consumer.retries")
                .tag("cause", "database-unreachable")
                .counter()
                .count();
    }

    private double refusals() {
        return meters.get("walpost.consumer.dead.letter.refusals").counter().count();
    }

    private double fetched() {
        return meters.get("kafka.consumer.fetch.manager.records.consumed.total").functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .max()
                .orElseThrow();
    }
}
